import type { Plugin } from 'vite';

/** Takes what only people need out of template literals, which no minifier looks into. */
export const squeezeTemplates = (): Plugin => ({
  name: 'squeeze-templates',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/(?:[a-z]+\/)*(?:styles|[a-z]+-view)[^/]*\.ts$/ },
    handler: (code) => code.replaceAll(/(css|\/\* css \*\/ )`([^`]*)`/g, squeezeSheet).replaceAll(/^[ \t]+/gm, ''),
  },
});

const squeezeSheet = (_: string, tag: string, css: string): string =>
  `${tag}\`${css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*([{};,])\s*/g, '$1')
    .replaceAll(';}', '}')
    .replaceAll(': ', ':')}\``;
