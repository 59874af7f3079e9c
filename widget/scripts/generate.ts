import { writeFile } from 'node:fs/promises';
import { readApi } from './manifest.ts';
import { apiPage } from './pages.ts';

await writeFile(new URL('../../docs/reference/element.md', import.meta.url), await apiPage(await readApi()));
