import { afterAll, expect, test } from 'vitest';
import { readSample, refused, signable } from '../../test/sample-pdfs.ts';
import { createPdfEngine } from './engine.ts';

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

// What is signed in them, test/walk.test.ts looks at.
const engine = createPdfEngine();
afterAll(() => engine.close());

test.each(Object.entries(refused))('%s is refused as %s', async (name, type) => {
  await expect(engine.accept(readSample(name))).rejects.toMatchObject({ type });
});

test.each(signable)('%s is accepted, and rewritten only where it must be', async (name) => {
  const accepted = await engine.accept(readSample(name));
  expect(accepted.rewritten).toBe(rewritten.has(name));
});
