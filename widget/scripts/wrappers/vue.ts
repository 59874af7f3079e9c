import type { Api, Property } from '../manifest.ts';
import { camel, declareProperties, define, importTypes, lines, quote, type Wrap } from './wrapper.ts';

/** A component for Vue 3.5. */
export const wrapForVue: Wrap = (api) => ({ js: js(api), types: types(api) });

const js = ({
  tag,
  properties,
  events,
}: Api): string => `import { defineComponent, h, onMounted, shallowRef, watch } from 'vue';

const events = {
${lines(events, (event) => `  ${camel(event)}: '${event.name}',`)}
};

${define(tag)}

export const TuEsign = defineComponent({
  name: 'TuEsign',
  props: {
${lines(properties, (property) => `    ${property.name}: ${declareProp(property)},`)}
  },
  emits: [${quote(events.map(camel))}],
  setup(props, { emit, slots }) {
    const element = shallowRef(null);
    const told = Object.entries(events).map(([name, type]) => [type, (event) => emit(name, event)]);
    onMounted(() => {
      for (const [type, tell] of told) element.value.addEventListener(type, tell);
      for (const name of Object.keys(props)) {
        const set = (value) => (element.value[name] = value);
        if (props[name] !== undefined) set(props[name]);
        watch(() => props[name], set, { flush: 'post' });
      }
      define();
    });
    return () => h('${tag}', { ref: element }, slots.default?.());
  },
});
`;

/** Vue makes false of a boolean that is absent, unless told otherwise. */
const declareProp = ({ type }: Property): string =>
  type === 'boolean' ? '{ type: Boolean, default: undefined }' : 'null';

const types = (api: Api): string => `import type { DefineComponent } from 'vue';
${importTypes(api)}

export interface TuEsignProps {
${declareProperties(api)}
}

export type TuEsignEmits = {
${lines(api.events, (event) => `  /** ${event.description} */\n  ${camel(event)}: (event: ${event.type}) => void;`)}
};

/** ${api.description} Brings the element's definition along. */
export declare const TuEsign: DefineComponent<TuEsignProps, {}, {}, {}, {}, {}, {}, TuEsignEmits>;
`;
