import type { Plugin } from 'vite';

/** What Lit leaves in a page's window; nobody reads it. */
const left: [RegExp, string][] = [
  [/\([\w.]+\.(?:lit(?:Html|Element)|reactiveElement)Versions\s*\?\?=\s*\[\]\)\.push\(["'][\d.]+["']\)/g, '0'],
  [/[\w.]+\.litPropertyMetadata\s*\?\?=\s*new WeakMap(?:\(\))?/g, '0'],
  [/\blitPropertyMetadata\.get\(\w+\)/g, 'void 0'],
];

/** The CDN build leaves nothing in its host's window but the element. */
export const dropGlobals = (): Plugin => ({
  name: 'drop-globals',
  enforce: 'pre',
  transform: {
    filter: { id: /node_modules\/(?:lit-html|lit-element|@lit\/reactive-element)\// },
    handler: (code) => left.reduce((text, [global, instead]) => text.replaceAll(global, instead), code),
  },
});
