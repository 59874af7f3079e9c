import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SigningToken } from '@tu-esign/contract';
import { claimsOf, meaningOf } from '../scripts/claims-reference.ts';
import { commandsText } from '../scripts/commands-reference.ts';
import { hostsFileText, hostsSchemaText } from '../scripts/hosts-reference.ts';
import { openapiText, pagesWithTable, renewPage } from '../scripts/generated.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('openapi.json is what the routes say', async () => {
  expect(await read('../contract/openapi.json')).toBe(openapiText());
});

test.each(pagesWithTable)('the table in docs/reference/%s.md is what the code says', async (name) => {
  const page = await read(`../../docs/reference/${name}.md`);
  expect(await renewPage(name, page)).toBe(page);
});

test('docs/reference/commands.md is what --help says', async () => {
  expect(await read('../../docs/reference/commands.md')).toBe(await commandsText());
});

test('docs/reference/hosts-file.md and docs/reference/hosts.schema.json are what the schema says', async () => {
  expect(await read('../../docs/reference/hosts-file.md')).toBe(await hostsFileText());
  expect(await read('../../docs/reference/hosts.schema.json')).toBe(await hostsSchemaText());
});

test('each claim of a token has its meaning in docs/reference/tokens.md', () => {
  expect(claimsOf(SigningToken).filter((claim) => meaningOf(claim) === '')).toEqual([]);
});
