import { expect, test } from 'vitest';
import { beginWalk } from './begin.ts';
import { openHostPage, scriptTag } from './host-page.ts';
import { waitFor } from './visit.ts';

const { browser, demo } = await beginWalk();
const integrity = (await (await fetch(`${demo.service.url}/element/integrity.json`)).json()) as Record<string, string>;

/** What a page writes that trusts no file it has not seen: chunks by its import map, the entry by its tag. */
const pinned = (): string => {
  const { 'tu-esign.js': entry, ...chunks } = integrity;
  const addressed = Object.entries(chunks).map(([name, digest]) => [`${demo.service.url}/element/${name}`, digest]);
  const map = JSON.stringify({ integrity: Object.fromEntries(addressed) });
  const tag = scriptTag(demo, `integrity="${entry}" crossorigin="anonymous"`);
  return `<script type="importmap">${map}</script>${tag}`;
};

test('every published digest is that of the file, whole or compressed', async () => {
  expect(Object.keys(integrity)).toContain('tu-esign.js');
  for (const [name, digest] of Object.entries(integrity)) {
    const answer = await fetch(`${demo.service.url}/element/${name}`);
    const bytes = await crypto.subtle.digest('SHA-384', await answer.arrayBuffer());
    expect(`sha384-${Buffer.from(bytes).toString('base64')}`, name).toBe(digest);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  }
});

test('a page that pins entry and chunks shows the document, from another origin', async () => {
  const host = await openHostPage(browser, { demo, head: pinned() });
  await waitFor(host, 'tu-esign-ready');
  await host.page.getByRole('application').waitFor();
  expect(host.complaints).toEqual([]);
  await host.page.context().close();
});

for (const [altered, file] of [
  ['the entry', 'tu-esign.js'],
  ['a chunk', 'document-pane-'],
] as const) {
  test(`a browser refuses ${altered} when it was altered on its way`, async () => {
    const host = await openHostPage(browser, { demo, head: pinned(), alter: file });
    await expect.poll(() => host.complaints.join('\n')).toContain('integrity');
    expect(host.told.map(({ type }) => type)).not.toContain('tu-esign-ready');
    await host.page.context().close();
  });
}
