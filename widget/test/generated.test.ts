import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readApi, toApi } from '../scripts/manifest.ts';
import { apiPage } from '../scripts/pages.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

it('docs/reference/element.md is what custom-elements.json says', async () => {
  expect(await read('../../docs/reference/element.md')).toBe(await apiPage(await readApi()));
});

it('custom-elements.json names each property that the element declares, each event that it tells, and no other', async () => {
  const [element, events] = [await read('../src/element/tu-esign.ts'), await read('../src/host/events.ts')];
  const declared = Array.from(element.matchAll(/^  declare (\w+)[?:]/gm), ([, name]) => name);
  const mapped = Array.from(events.matchAll(/^    '(tu-esign-[a-z-]+)': /gm), ([, name]) => name);
  const api = await readApi();
  expect(api.properties.map(({ name }) => name)).toEqual(declared);
  expect(new Set(api.events.map(({ name }) => name))).toEqual(new Set(mapped));
  expect(declared).toContain('getToken');
  expect(mapped).toContain('tu-esign-signed');
});

it('a property or an event that nobody describes stops the generator', () => {
  const element = { name: 'TuEsign', tagName: 'tu-esign', attributes: [] };
  const withElement = (members: object) =>
    toApi({ modules: [{ path: 'tu-esign.ts', declarations: [{ ...element, ...members }] }] });
  const type = { text: 'string' };
  expect(() => withElement({ members: [{ kind: 'field', name: 'mute', type }] })).toThrow('property mute');
  expect(() => withElement({ events: [{ name: 'tu-esign-mute', type, description: 'Is said.' }] })).toThrow('mute');
});
