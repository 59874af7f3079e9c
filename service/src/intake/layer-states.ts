import { PdfArray, PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** Layers (optional content groups), and in which of them what is drawn is shown (ISO 32000-2, 8.11). */
export interface Layers {
  properties: PdfDict;
  /** All that are named, also where the list of them leaves them out. */
  groups: readonly PdfRef[];
  /** The default configuration. */
  defaults: PdfDict;
  /** The default configuration, and those that a reader may choose. */
  configurations: readonly PdfDict[];
}

const refsAt = (dict: PdfDict, key: string): PdfRef[] =>
  (arrayAt(dict, key)?.members() ?? []).filter((member) => member instanceof PdfRef);

/** Undefined where a document has no layers. */
export const readLayers = ({ catalog, objects }: PdfFile): Layers | undefined => {
  const properties = dictAt(catalog, 'OCProperties');
  if (!properties) return undefined;
  const defaults = dictAt(properties, 'D') ?? objects.dict({});
  const others = members(arrayAt(properties, 'Configs')).filter((config) => config instanceof PdfDict);
  const configurations = [defaults, ...others];
  const named = configurations.flatMap((config) => [...refsAt(config, 'ON'), ...refsAt(config, 'OFF')]);
  return { properties, groups: [...new Set([...refsAt(properties, 'OCGs'), ...named])], defaults, configurations };
};

/** What a viewer does with a document: shows, prints, or saves it as something else (table 103); or minds none of it. */
export type LayerEvent = 'View' | 'Print' | 'Export' | undefined;
export const layerEvents: readonly LayerEvent[] = [undefined, 'View', 'Print', 'Export'];

const namesOf = (dict: PdfDict, key: string): string[] => {
  const value = dict.lookup(key);
  const list = value instanceof PdfArray ? members(value) : [value];
  return list.flatMap((one) => (one instanceof PdfName ? [one.text] : []));
};

/** Whether a configuration speaks of a group at all: of another intent's it does not, and they are shown (8.11.2.3). */
const intends = (config: PdfDict, group: PdfDict): boolean => {
  const [wanted, own] = [namesOf(config, 'Intent'), namesOf(group, 'Intent')];
  const intents = wanted.length ? wanted : ['View'];
  return intents.includes('All') || (own.length ? own : ['View']).some((intent) => intents.includes(intent));
};

const baseState = (config: PdfDict, ref: PdfRef, defaults: PdfDict): boolean => {
  if (refsAt(config, 'OFF').includes(ref)) return false;
  if (refsAt(config, 'ON').includes(ref)) return true;
  const base = nameAt(config, 'BaseState') ?? 'ON';
  if (base === 'Unchanged' && config !== defaults) return baseState(defaults, ref, defaults);
  return base !== 'OFF';
};

/** Where a group's usage depends on more than what the viewer does with it, it is another for each reader (table 100). */
const changing = ['Zoom', 'User', 'Language'] as const;

/** What /AS makes of a group for an event; undefined where it says nothing of it. */
const usedState = (config: PdfDict, { ref, group }: Group, event: LayerEvent): boolean | 'changes' | undefined => {
  const usage = dictAt(group, 'Usage');
  if (!usage || event === undefined) return undefined;
  const applied = members(arrayAt(config, 'AS')).filter(
    (one) => one instanceof PdfDict && nameAt(one, 'Event') === event && refsAt(one, 'OCGs').includes(ref),
  ) as PdfDict[];
  const categories = applied.flatMap((one) => namesOf(one, 'Category'));
  if (changing.some((category) => categories.includes(category) && usage.has(category))) return 'changes';
  const stateIn = (category: string): string | undefined =>
    nameAt(dictAt(usage, category) ?? usage, `${category}State`);
  const states = new Set(categories.map(stateIn));
  if (states.has('OFF')) return false;
  return states.has('ON') ? true : undefined;
};

export interface Group {
  ref: PdfRef;
  group: PdfDict;
}

export interface Showing {
  config: PdfDict;
  event: LayerEvent;
  /** Whether the viewer minds intents. */
  mindsIntents: boolean;
  /** Whether it minds a layer's usage alone, as pdf.js does, or as /AS says. */
  byUsage: boolean;
}

/** What a layer's own usage says, whatever /AS says of it. */
const ownState = ({ group }: Group, event: LayerEvent): boolean => {
  const usage = dictAt(group, 'Usage');
  const own = usage && event && dictAt(usage, event);
  return !own || nameAt(own, `${event}State`) !== 'OFF';
};

/** Whether a group is shown in one way of showing the document. */
export const isShown = ({ defaults }: Layers, group: Group, showing: Showing): boolean | 'changes' => {
  const { config, event, mindsIntents, byUsage } = showing;
  if (mindsIntents && !intends(config, group.group)) return true;
  if (byUsage) return baseState(config, group.ref, defaults) && ownState(group, event);
  return usedState(config, group, event) ?? baseState(config, group.ref, defaults);
};

/** Whether it is named as both, which viewers read as they like. */
export const isContradicted = ({ configurations }: Layers, ref: PdfRef): boolean =>
  configurations.some((config) => refsAt(config, 'ON').includes(ref) && refsAt(config, 'OFF').includes(ref));

/** As the element shows it, which draws pages by pdf.js. */
export const isShownByElement = (layers: Layers, group: Group): boolean =>
  isShown(layers, group, { config: layers.defaults, event: 'View', mindsIntents: true, byUsage: true }) !== false;
