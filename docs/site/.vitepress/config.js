import { readFileSync } from 'node:fs';

// What `npm run docs` makes of docs/: the pages with links of the site's, and the menu from docs/README.md.
const sidebar = JSON.parse(readFileSync(new URL('../dist/sidebar.json', import.meta.url), 'utf8'));

export default {
  title: 'tu-esign',
  description: 'Have agreements signed inside your own page',
  lang: 'en',
  base: '/docs/',
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'dist/cache',
  ignoreDeadLinks: false,
  head: [['meta', { name: 'referrer', content: 'no-referrer' }]],
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
  },
};
