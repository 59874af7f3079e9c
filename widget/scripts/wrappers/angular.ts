import type { Api } from '../manifest.ts';
import { camel, define, importTypes, lines, type Wrap } from './wrapper.ts';

/** The release of Angular whose partial declarations these are: its compiler links them in every later one. */
const version = '22.0.0';

/** A directive for Angular 22, declared as its compiler declares those of libraries. */
export const wrapForAngular: Wrap = (api) => ({ js: js(api), types: types(api) });

const js = ({ tag, properties, events }: Api): string => `import * as i0 from '@angular/core';
import { afterNextRender, ElementRef, inject } from '@angular/core';

${define(tag)}

/** An output that listens to the element itself, from when somebody listens to it. */
const outputOf = (element, type) => ({
  subscribe(tell) {
    element.addEventListener(type, tell);
    return { unsubscribe: () => element.removeEventListener(type, tell) };
  },
});

export class TuEsign {
  /** The element. */
  element = inject(ElementRef).nativeElement;
${lines(events, (event) => `  ${camel(event)} = outputOf(this.element, '${event.name}');`)}

  constructor() {
    // Never on a server.
    afterNextRender(define);
  }

${lines(properties, ({ name }) => `  get ${name}() {\n    return this.element.${name};\n  }\n  set ${name}(value) {\n    this.element.${name} = value;\n  }`)}

  static ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '${version}',
    ngImport: i0,
    type: TuEsign,
    deps: [],
    target: i0.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '14.0.0',
    version: '${version}',
    type: TuEsign,
    isStandalone: true,
    selector: '${tag}',
    inputs: { ${properties.map(({ name }) => `${name}: '${name}'`).join(', ')} },
    outputs: { ${events.map((event) => `${camel(event)}: '${camel(event)}'`).join(', ')} },
    ngImport: i0,
  });
}
`;

const types = (api: Api): string => `import * as i0 from '@angular/core';
${importTypes(api)}

/** ${api.description} Brings the element's definition along. */
export declare class TuEsign {
  /** The element. */
  readonly element: Element;
${lines(api.properties, ({ name, description }) => `  /** ${description} */\n  get ${name}(): Element['${name}'];\n  set ${name}(value: Element['${name}']);`)}
${lines(api.events, (event) => `  /** ${event.description} */\n  readonly ${camel(event)}: i0.OutputRef<${event.type}>;`)}
  static ɵfac: i0.ɵɵFactoryDeclaration<TuEsign, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<TuEsign, '${api.tag}', never, { ${inputsOf(api)} }, { ${outputsOf(api)} }, never, never, true, never>;
}
`;

const inputsOf = ({ properties }: Api): string =>
  properties.map(({ name }) => `"${name}": { "alias": "${name}"; "required": false; };`).join(' ');

const outputsOf = ({ events }: Api): string => events.map((event) => `"${camel(event)}": "${camel(event)}";`).join(' ');
