import { readFile, writeFile } from 'node:fs/promises';
import { openapiText, renewReadme } from './generated.ts';

const openapi = new URL('../contract/openapi.json', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

await writeFile(openapi, openapiText());
await writeFile(readme, await renewReadme(await readFile(readme, 'utf8')));
