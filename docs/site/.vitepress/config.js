import { readFileSync } from 'node:fs';
import { spanish, spanishSearch } from './spanish.js';

// What `npm run docs` makes of docs/: the pages with links of the site's, and a menu for each language.
const sidebars = JSON.parse(readFileSync(new URL('../dist/sidebars.json', import.meta.url), 'utf8'));

export default {
  title: 'tu-esign',
  description: 'Have agreements signed inside your own page',
  base: '/docs/',
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'dist/cache',
  ignoreDeadLinks: false,
  head: [
    ['meta', { name: 'referrer', content: 'no-referrer' }],
    ['link', { rel: 'icon', href: '/docs/favicon.svg', type: 'image/svg+xml' }],
  ],
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: sidebars.root } },
    es: { ...spanish, themeConfig: { ...spanish.themeConfig, sidebar: sidebars.es } },
  },
  themeConfig: {
    logo: '/favicon.svg',
    outline: [2, 3],
    // Only start and guides are there in Spanish: the same page in the other language may not be.
    i18nRouting: false,
    search: { provider: 'local', options: { locales: { es: spanishSearch } } },
  },
};
