import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../test/embedded-signing.ts';
import { faultsOf, judgeSignatures } from '../../test/tools.ts';

const folder = new URL('../../test/fixtures/pdfs/', import.meta.url);

/** What is refused, and why. */
const refused: Record<string, string> = {
  'enc-R2-V1-U-view-O-master.pdf': 'document-encrypted',
  'enc-XI-R6-V5-U-wwwww-O-wwwww.pdf': 'document-encrypted',
  'encrypted-attachment.pdf': 'document-encrypted',
  'invalid-id-xref.pdf': 'document-encrypted',
  'libreoffice-writer-password.pdf': 'document-encrypted',
  'minimal-aes256-malformed-oe.pdf': 'document-encrypted',
  'pr6531_1.pdf': 'document-encrypted',
  'pr6531_2.pdf': 'document-encrypted',
  'signed-encrypted-pubkey-with-catalog-ref.pdf': 'document-encrypted',
  'veraPDF-test-suite-6-1-3-t02-fail-a.pdf': 'document-encrypted',
};

/** Not to the letter and never signed: rewritten once. */
const rewritten = new Set([
  'PDF-2.0-with-offset-start.pdf',
  'PDFBOX-3783.pdf',
  'PDFBOX-3940.pdf',
  'bad3.pdf',
  'pdf20-utf8-test.pdf',
  'recover-xref-stream.pdf',
  'xref-errors.pdf',
  'xref-off-by-one.pdf',
  'xref_command_missing.pdf',
]);

const all = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
const signable = all.filter((name) => !(name in refused));

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

test.each(Object.entries(refused))('%s is refused as %s', async (name, type) => {
  await expect(signing.engine.accept(readFileSync(new URL(name, folder)))).rejects.toMatchObject({ type });
});

test.each(signable)('%s is signed, and holds before poppler and qpdf', async (name) => {
  const accepted = await signing.engine.accept(readFileSync(new URL(name, folder)));
  expect(accepted.rewritten).toBe(rewritten.has(name));
  const { document } = await signing.provider.sign(createOrder(accepted.pdf));
  const before = signing.folder.write(`before-${name}`, accepted.pdf);
  const after = signing.folder.write(name, document);
  const judged = judgeSignatures(after, signing.store);
  expect(judged).toHaveLength(accepted.signatures + 1);
  expect(judged).toContainEqual({ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' });
  expect(faultsOf(after)).toBeLessThanOrEqual(faultsOf(before));
});
