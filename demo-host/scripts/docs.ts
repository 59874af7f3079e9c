import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePages } from './docs-pages.ts';
import { installApart, runTool } from './install-apart.ts';

const root = join(import.meta.dirname, '../..');
const site = join(root, 'docs/site');

await installApart(site, 'VitePress and Swagger UI');
await writePages(root, join(site, 'dist'));
// The page on which the HTTP API is tried. It loads nothing else.
const from = (name: string) => join(site, 'node_modules/swagger-ui-dist', name);
const to = (name: string) => join(site, 'dist/pages/public/api', name);
await copyFile(from('swagger-ui-bundle.js'), to('swagger-ui.js'));
await copyFile(from('swagger-ui.css'), to('swagger-ui.css'));
// It fails on links that lead nowhere.
await runTool(site, 'vitepress', ['build']);
console.log(`The documentation is in ${join(site, 'dist/site')}; the demo serves it at /docs.`);
