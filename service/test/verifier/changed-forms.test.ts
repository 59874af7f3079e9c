import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, type Update } from '../fuzz/changes/append-update.ts';
import { inspect } from '../fuzz/changes/document.ts';
import { writeForm } from '../fuzz/changes/form-document.ts';
import { formUpdates } from '../fuzz/changes/form-updates.ts';
import { kinds } from '../fuzz/changes/kinds.ts';

/** A form that was signed once or twice, and one thing done to it: each a test of its own. */

const signing = await startEmbeddedSigning();
const sign = async (document: Uint8Array): Promise<Uint8Array> =>
  (await signing.provider.sign(createOrder(document))).document;
const once = await sign(new Uint8Array(writeForm()));
const twice = await sign(once);
signing.stop();

const roots = [signing.authority.rootPem];

const judge = async (update: Update, signed = once): Promise<boolean | null | undefined> => {
  const document = new Uint8Array(appendUpdate(signed, update));
  const { fault, signatures, findings } = await verifyDocument({ document, roots, now: new Date() }, nodePorts);
  const allowed = signatures.map((signature) => signature.findings.laterChangesAllowed);
  // A form that may be filled in may be so behind the newest signature.
  if (!fault) expect(findings.nothingAddedAfter).toBe(allowed.at(-1));
  return fault || allowed.includes(false) ? false : allowed[0];
};

const { filled, forbidden } = formUpdates(inspect(once));

test.each(Object.entries(filled))('%s: a form is filled in as it may be', async (_, update) => {
  expect(await judge(update)).toBe(true);
});

test.each(Object.entries(forbidden))('%s: what only looks like filling in is told', async (_, update) => {
  expect(await judge(update)).toBe(false);
});

const documents = [
  ['once', once],
  ['twice', twice],
] as const;
const ofAll = documents.flatMap(([stage, document]) =>
  Object.entries(kinds).flatMap(([name, kind]) => {
    const update = kind(inspect(document));
    return update ? [[stage, name, update, document] as const] : [];
  }),
);

test.each(ofAll)('signed %s: %s is told', async (_, __, update, document) => {
  expect(await judge(update, document)).toBe(false);
});
