import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../../test/embedded-signing.ts';
import { readSample, refused, signable } from '../../test/sample-pdfs.ts';
import { faultsOf, judgeSignatures } from '../../test/tools.ts';

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

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

test.each(Object.entries(refused))('%s is refused as %s', async (name, type) => {
  await expect(signing.engine.accept(readSample(name))).rejects.toMatchObject({ type });
});

test.each(signable)('%s is signed, and holds before poppler and qpdf', async (name) => {
  const accepted = await signing.engine.accept(readSample(name));
  expect(accepted.rewritten).toBe(rewritten.has(name));
  const { document } = await signing.provider.sign(createOrder(accepted.pdf));
  const before = signing.folder.write(`before-${name}`, accepted.pdf);
  const after = signing.folder.write(name, document);
  const judged = judgeSignatures(after, signing.store);
  expect(judged).toHaveLength(accepted.signatures + 1);
  expect(judged).toContainEqual({ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' });
  expect(faultsOf(after)).toBeLessThanOrEqual(faultsOf(before));
});
