import type { Api, ElementEvent } from '../manifest.ts';

/** A module as it is published: what runs, and its types. */
export interface Wrapper {
  js: string;
  types: string;
}

/** Makes a framework's module from what the manifest says. */
export type Wrap = (api: Api) => Wrapper;

/**
 * Defines the element once a page shows it: a server that renders has no elements, and a page may have it from a
 * script tag already.
 */
export const define = (tag: string): string => `const define = () => {
  if (!customElements.get('${tag}')) import('./define.js').catch(reportError);
};`;

/** The classes of the element and of its events, for a module's types. */
export const importTypes = ({ events }: Api): string => `import type {
  TuEsign as Element,
${lines(events, ({ type }) => `  ${type},`)}
} from './index.js';`;

/** Properties as a framework's component takes them; their types are the element's own. */
export const declareProperties = ({ properties }: Api): string =>
  lines(properties, ({ name, description }) => `  /** ${description} */\n  ${name}?: Element['${name}'];`);

export const lines = <T>(all: T[], lineOf: (one: T) => string): string => all.map(lineOf).join('\n');

export const quote = (names: string[]): string => names.map((name) => `'${name}'`).join(', ');

/** `tokenExpiring` for `token-expiring`. */
export const camel = ({ short }: ElementEvent): string =>
  short.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** `onTokenExpiring`. */
export const listener = (event: ElementEvent): string => {
  const name = camel(event);
  return `on${name[0]!.toUpperCase()}${name.slice(1)}`;
};
