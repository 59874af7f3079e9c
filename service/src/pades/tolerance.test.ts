import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stream, withTable } from '../../test/hostile-pdfs.ts';
import { sharedThreads } from '../../test/shared-threads.ts';

const { engine } = sharedThreads();

const change = (pdf: Buffer, how: (text: string) => string): Buffer =>
  Buffer.from(how(pdf.toString('latin1')), 'latin1');
const accept = async (pdf: Buffer) => {
  const { rewritten, pages, pdf: kept } = await engine.accept(pdf);
  return { rewritten, pages, text: Buffer.from(kept).toString('latin1') };
};
const content = (text: string): Buffer => stream('', Buffer.from(text));
const page = (entries = ''): string => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] ${entries} >>`;
const plain = withTable([
  [3, page('/Contents 4 0 R')],
  [4, content('0 0 9 9 re f')],
]);

test('offsets at the end of the line before are taken as they are, in tables and of them', async () => {
  const earlier = change(plain, (text) =>
    text
      .replaceAll(
        /^(\d{10}) 00000 n/gm,
        (_, offset: string) => `${String(Number(offset) - 1).padStart(10, '0')} 00000 n`,
      )
      .replace(/startxref\n(\d+)/, (_, start: string) => `startxref\n${Number(start) - 1}`),
  );
  expect(await accept(earlier)).toMatchObject({ rewritten: false, pages: 1 });
});

test('an entry that nobody uses, of an object at the very beginning, is free', async () => {
  const unused = change(withTable([[5, 'null']]), (text) => text.replace(/5 1\n\d{10}/, '5 1\n0000000000'));
  expect(await accept(unused)).toMatchObject({ rewritten: false, pages: 1 });
});

test('a page that is listed twice is shown twice, each time as an object of its own', async () => {
  const twice = withTable([[2, '<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /Rotate 90 >>']]);
  const { rewritten, pages, text } = await accept(twice);
  expect([rewritten, pages]).toEqual([true, 2]);
  expect(text.match(/\/Rotate 90/g)!.length).toBe(4);
});

test('a page within the list of pages becomes an object of its own', async () => {
  const direct = withTable([[2, `<< /Type /Pages /Kids [${page('/UserUnit 2')} 3 0 R] /Count 2 >>`]]);
  const { rewritten, pages, text } = await accept(direct);
  expect([rewritten, pages]).toEqual([true, 2]);
  expect(text.indexOf('/UserUnit 2', text.indexOf('%%EOF'))).toBeGreaterThan(0);
});

test.each([
  ['miscounted', [2, '<< /Type /Pages /Kids [3 0 R] /Count 2 >>']],
  ['in another node than they say', [3, page('/Contents 4 0 R').replace('2 0 R', '4 0 R')]],
] as const)('pages that are %s are counted and placed as all readers take them', async (_, [number, text]) => {
  const odd = withTable([
    [3, page('/Contents 4 0 R')],
    [4, content('0 0 9 9 re f')],
    [number, text],
  ]);
  const mended = await accept(odd);
  expect([mended.rewritten, mended.pages]).toEqual([true, 1]);
  expect(await accept(Buffer.from(mended.text, 'latin1'))).toMatchObject({ rewritten: false, pages: 1 });
  const signed = change(odd, (all) => `${all}% /ByteRange\n`);
  await expect(engine.accept(signed)).rejects.toMatchObject({ type: 'document-damaged' });
});

test('a page whose content is another object is damaged, and no blank page', async () => {
  const lost = change(plain, (text) => {
    const [, catalog = ''] = /^1 1\n(\d{10})/m.exec(text)!;
    return text.replace(/^4 1\n\d{10}/m, `4 1\n${catalog}`).replace(/^4 0 obj/m, '9 0 obj');
  });
  await expect(engine.accept(lost)).rejects.toMatchObject({ type: 'document-damaged' });
});

test('a revision behind the end of the file is damaged: some readers see it', async () => {
  const tail = '\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\n';
  await expect(engine.accept(Buffer.concat([plain, Buffer.from(tail)]))).rejects.toMatchObject({
    type: 'document-damaged',
  });
  expect(await accept(Buffer.concat([plain, Buffer.from('\n\n')]))).toMatchObject({ rewritten: false });
});

const updated = (name: string): Buffer =>
  readFileSync(new URL(`../../test/fixtures/updates/${name}.pdf`, import.meta.url));

test('a signed document that was updated since as everybody reads it is taken', async () => {
  expect(await accept(updated('control'))).toMatchObject({ rewritten: false, pages: 1 });
});

test.each([
  'first-subsection-one-off',
  'object-beyond-its-revision',
  'object-within-metadata',
  'previous-section-that-is-no-whole-number',
  'wrong-index-in-an-object-stream',
])('a signed document in which readers find different things since is refused: %s', async (name) => {
  await expect(accept(updated(name))).rejects.toMatchObject({ type: 'document-damaged' });
});
