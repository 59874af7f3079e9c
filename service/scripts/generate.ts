import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { commandsText } from './commands-reference.ts';
import { hostsFileText, hostsSchemaText } from './hosts-reference.ts';
import { openapiText, pagesWithTable, renewPage } from './generated.ts';
import { drawMap } from './house/draw.ts';
import { readImports } from './house/imports.ts';
import { roomGraph } from './house/rooms.ts';

const openapi = new URL('../contract/openapi.json', import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const map = new URL('../../docs/house.svg', import.meta.url);
const hostsFile = new URL('../../docs/reference/hosts-file.md', import.meta.url);
const hostsSchema = new URL('../../docs/reference/hosts.schema.json', import.meta.url);
const commands = new URL('../../docs/reference/commands.md', import.meta.url);

await writeFile(openapi, openapiText());
await writeFile(hostsFile, await hostsFileText());
await writeFile(hostsSchema, await hostsSchemaText());
await writeFile(commands, await commandsText());
await writeFile(map, drawMap(roomGraph(readImports(root))));

for (const name of pagesWithTable) {
  const page = new URL(`../../docs/reference/${name}.md`, import.meta.url);
  await writeFile(page, await renewPage(name, await readFile(page, 'utf8')));
}
