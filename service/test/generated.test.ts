import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { commandsText } from '../scripts/commands-reference.ts';
import { hostsFileText, hostsSchemaText } from '../scripts/hosts-reference.ts';
import { openapiText, renewReadme } from '../scripts/generated.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('openapi.json is what the routes say', async () => {
  expect(await read('../contract/openapi.json')).toBe(openapiText());
});

test("the README's tables are what the code says", async () => {
  const readme = await read('../../README.md');
  expect(await renewReadme(readme)).toBe(readme);
});

test('docs/commands.md is what --help says', async () => {
  expect(await read('../../docs/commands.md')).toBe(await commandsText());
});

test('docs/hosts-file.md and docs/hosts.schema.json are what the schema says', async () => {
  expect(await read('../../docs/hosts-file.md')).toBe(await hostsFileText());
  expect(await read('../../docs/hosts.schema.json')).toBe(await hostsSchemaText());
});
