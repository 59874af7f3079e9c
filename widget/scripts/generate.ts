import { readFile, writeFile } from 'node:fs/promises';
import { readApi } from './manifest.ts';
import { apiPage, renewReadme } from './pages.ts';

const page = new URL('../API.md', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

const api = await readApi();
await writeFile(page, await apiPage(api));
await writeFile(readme, await renewReadme(await readFile(readme, 'utf8'), api));
