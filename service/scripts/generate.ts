import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { commandsText } from './commands-reference.ts';
import { hostsFileText, hostsSchemaText } from './hosts-reference.ts';
import { openapiText, renewReadme } from './generated.ts';
import { drawMap } from './house/draw.ts';
import { readImports } from './house/imports.ts';
import { roomGraph } from './house/rooms.ts';

const openapi = new URL('../contract/openapi.json', import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const map = new URL('../../docs/house.svg', import.meta.url);
const hostsFile = new URL('../../docs/hosts-file.md', import.meta.url);
const hostsSchema = new URL('../../docs/hosts.schema.json', import.meta.url);
const commands = new URL('../../docs/commands.md', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

await writeFile(openapi, openapiText());
await writeFile(readme, await renewReadme(await readFile(readme, 'utf8')));
await writeFile(hostsFile, await hostsFileText());
await writeFile(hostsSchema, await hostsSchemaText());
await writeFile(commands, await commandsText());
await writeFile(map, drawMap(roomGraph(readImports(root))));
