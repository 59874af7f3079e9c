import type { Api, Property } from '../manifest.ts';
import { importTypes, lines, type Wrap } from './wrapper.ts';

/**
 * Types for the bare tag in React's JSX. Properties without an attribute are not among them: React loses those that it
 * sets before the element is defined.
 */
export const wrapForJsx: Wrap = (api) => ({ js: 'export {};\n', types: types(api) });

const types = (api: Api): string => `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${importTypes(api)}

interface TuEsignAttributes extends HTMLAttributes<Element> {
${lines(api.properties.filter(hasAttribute), declareAttribute)}
${lines(api.events, ({ name, type }) => `  'on${name}'?: ((event: ${type}) => void) | undefined;`)}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${api.tag}': DetailedHTMLProps<TuEsignAttributes, Element>;
    }
  }
}
`;

const hasAttribute = ({ attribute }: Property): boolean => attribute !== undefined;

const declareAttribute = ({ name, attribute, description }: Property): string =>
  `  /** ${description} */\n  '${attribute}'?: Element['${name}'];`;
