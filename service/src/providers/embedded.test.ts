import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../test/embedded-signing.ts';
import {
  difference,
  extractSignature,
  extractTimeStamp,
  faultsOf,
  judgeSignatures,
  pagesOf,
  render,
  textOf,
  verifyChain,
  verifyCms,
  verifyTimeStampToken,
  run,
} from '../../test/tools.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../test/fixtures/pdfs/${name}.pdf`, import.meta.url));

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

const good = { valid: true, trusted: true, type: 'ETSI.CAdES.detached' };
const simple = '002-trivial-libre-office-writer';

test('a signed document is its original and an update, valid and trusted for poppler', async () => {
  const original = fixture(simple);
  const { document } = await signing.provider.sign(createOrder(original));
  expect(original.equals(document.subarray(0, original.length))).toBe(true);
  expect(judgeSignatures(signing.folder.write('one.pdf', document), signing.store)).toEqual([{ ...good, total: true }]);
});

test('openssl accepts the signature as CAdES, its time-stamp and the chain of its certificate', async () => {
  const { document, keyCertificate } = await signing.provider.sign(createOrder(fixture(simple)));
  const { rootPem } = signing.authority;
  const signature = extractSignature(Buffer.from(document));
  expect(verifyCms(signing.folder, signature, rootPem)).toMatchObject({ status: 0 });
  const stamped = { ...(await extractTimeStamp(signature)), rootPem };
  expect(verifyTimeStampToken(signing.folder, stamped).output).toContain('Verification: OK');
  expect(verifyChain(signing.folder, Buffer.from(keyCertificate).toString(), rootPem)).toMatchObject({ status: 0 });
});

test('a document changed after signing is no longer valid for poppler', async () => {
  const { document } = await signing.provider.sign(createOrder(fixture(simple)));
  const changed = Buffer.from(document);
  changed[2000]! ^= 1;
  const [judgement] = judgeSignatures(signing.folder.write('changed.pdf', changed), signing.store);
  expect(judgement).toMatchObject({ valid: false });
});

test('a second signatory signs after the first, and both stay valid', async () => {
  const { document: once } = await signing.provider.sign(createOrder(fixture(simple)));
  const { document: twice } = await signing.provider.sign(createOrder(once));
  const judged = judgeSignatures(signing.folder.write('twice.pdf', twice), signing.store);
  expect(judged).toEqual([
    { ...good, total: false },
    { ...good, total: true },
  ]);
  expect(pagesOf(signing.folder.write('twice.pdf', twice))).toBe(1);
});

test('the page shows who signed what and when, in letters of any Latin name', async () => {
  const { document } = await signing.provider.sign(createOrder(fixture(simple)));
  const text = textOf(signing.folder.write('text.pdf', document));
  expect(text).toContain('Łucja Đorđa Ejemplo');
  expect(text).toContain('24 nov 2026, 13:05:41 UTC−06:00');
  expect(text).toContain('CREDITO-2026-000417');
  expect(text).toMatch(/[0-9a-f]{32}\s+[0-9a-f]{32}/);
});

test('the page and the certificate have a name in Kanji as it is written', async () => {
  const signatory = { givenName: '太郎', paternalSurname: '山田', email: 'yamada@example.org' };
  const { document } = await signing.provider.sign(createOrder(fixture(simple), { signatory }));
  const pdf = signing.folder.write('kanji.pdf', document);
  expect(textOf(pdf).replaceAll(/\s/g, '')).toContain('太郎山田');
  expect(run('pdfsig', '-nocert', pdf).output).toContain('太郎 山田');
});

const placement = { page: 1, x: 300, y: 500, width: 200, height: 80 };

test.each([
  ['a page that is not there', { ...placement, page: 2 }],
  ['a rectangle that leaves the page', { ...placement, x: 500 }],
])('%s is refused', async (_, wrong) => {
  const order = createOrder(fixture(simple), { placement: wrong });
  await expect(signing.provider.sign(order)).rejects.toMatchObject({ type: 'placement-invalid' });
});

test('a page without room keeps what it shows, and a page is added', async () => {
  const original = fixture('pdfkit');
  const { document } = await signing.provider.sign(createOrder(original));
  const [before, after] = [signing.folder.write('full.pdf', original), signing.folder.write('added.pdf', document)];
  expect(pagesOf(after)).toBe(pagesOf(before) + 1);
  expect(difference(render(before, 1), render(after, 1))).toBeNull();
  expect(faultsOf(after)).toBeLessThanOrEqual(faultsOf(before));
});

test('a signed page without room is neither written over nor given a new page', async () => {
  const original = fixture('minimal-signed-twice-both-created');
  const { document } = await signing.provider.sign(createOrder(original));
  const [before, after] = [signing.folder.write('signed.pdf', original), signing.folder.write('again.pdf', document)];
  expect(pagesOf(after)).toBe(1);
  expect(difference(render(before, 1), render(after, 1))).toBeNull();
  expect(judgeSignatures(after, signing.store).at(-1)).toEqual({ ...good, total: true });
});
