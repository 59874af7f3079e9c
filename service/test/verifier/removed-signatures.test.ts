import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { inspect } from '../fuzz/changes/document.ts';
import { objects, writeForm } from '../fuzz/changes/form-document.ts';

/** Signatures that were there, and that a later revision has taken away before somebody else signs. */

const signing = await startEmbeddedSigning();
const sign = async (document: Uint8Array): Promise<Uint8Array> =>
  (await signing.provider.sign(createOrder(new Uint8Array(document)))).document;
const ends = 'startxref\n9\n%%EOF\n';
const many = 300;
const original = writeForm({ 29: streamOf(ends.repeat(many)) });
const once = await sign(original);
/** All that the signature has changed is as it was before. */
const back = appendUpdate(once, {
  objects: Object.fromEntries(Object.entries(objects).filter(([number]) => ['1', '3', '6', '7'].includes(number))),
});
const other = await sign(back);
signing.stop();

const judge = async (document: Uint8Array) => {
  const { fault, signatures } = await verifyDocument(
    { document: new Uint8Array(document), now: new Date() },
    nodePorts,
  );
  return fault ?? signatures.map(({ changes }) => changes.map(({ detail }) => detail).join());
};

test('a signature that was taken away is told, however many ends the author has written before', async () => {
  expect(inspect(once).field.number).toBeGreaterThan(29);
  expect(await judge(once)).toEqual(['']);
  expect(await judge(back)).toEqual(['the signature was removed']);
  expect(await judge(other)).toEqual(['the signature was removed', '']);
});

test('where ends are written by the hundred behind a signature, nobody looks at all of them', async () => {
  const hidden = appendUpdate(once, { objects: { 90: streamOf(ends.repeat(many)) } });
  expect(await judge(hidden)).toBe('document-too-complex');
});
