import { join } from 'node:path';
import { writePages } from './docs-pages.ts';
import { installApart, runTool } from './install-apart.ts';

const root = join(import.meta.dirname, '../..');
const site = join(root, 'docs/site');

await installApart(site, 'VitePress');
await writePages(root, join(site, 'dist'));
// It fails on links that lead nowhere.
await runTool(site, 'vitepress', ['build']);
console.log(`The documentation is in ${join(site, 'dist/site')}; the demo serves it at /docs.`);
