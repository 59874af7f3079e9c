import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { isPart } from './cases.ts';
import { appendUpdate } from './changes/append-update.ts';
import { inspect } from './changes/document.ts';
import { changesOfEveryObject } from './changes/every-object.ts';
import { richDocuments } from './changes/rich-document.ts';

/** A document with something of nearly everything is signed; then each of its objects is changed at each place, by itself. */

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
afterAll(() => signing.stop());

const isAccepted = async (document: Uint8Array): Promise<boolean> => {
  const roots = [signing.authority.rootPem];
  const { fault, signatures } = await verifyDocument({ document, roots, now: new Date() }, nodePorts);
  return !fault && signatures.length > 0 && signatures.every(({ findings }) => failedOf(findings).length === 0);
};

/** What any update may say anew: nothing of it is shown, or it is what a form is filled in with. */
const mayChange: readonly RegExp[] = [
  /^Info(?:\/\w+(?: removed| added)?| freed)$/,
  /^Root\/Metadata(?: |$|\/(?:Type|Subtype))/,
  /^Root\/Extensions(?: |\/)/,
  /^Root\/DSS(?: removed| freed|\/(?:Type|VRI|Certs|VRI\/Type|VRI\/[0-9A-F]+(?:\/(?:Type|Cert))?)(?: |\[…\]|$))/,
  // What is added to the form's resources is named by nothing that there was.
  /^Root\/AcroForm\/DR(?:\/Font)?\/\w+ added$/,
  /^Root\/AcroForm\/Fields\[0\]\/V(?: removed)?$/,
  // Read-only from now on.
  /^Root\/AcroForm\/Fields\[2\]\/Ff$/,
];

/** In part every so many, other ones of each document. */
const step = isPart ? 41 : 1;

test.each(Object.keys(richDocuments))('%s: no object is changed without being told', async (make) => {
  const once = (await signing.provider.sign(createOrder(new Uint8Array(richDocuments[make]!())))).document;
  expect(await isAccepted(once)).toBe(true);
  const accepted: string[] = [];
  let tried = 0;
  for (const { name, update } of changesOfEveryObject(inspect(once))) {
    tried += 1;
    if (tried % step) continue;
    if (await isAccepted(new Uint8Array(appendUpdate(once, update)))) accepted.push(name);
  }
  expect(tried).toBeGreaterThan(1_000);
  expect(accepted.filter((name) => !mayChange.some((path) => path.test(name)))).toEqual([]);
});
