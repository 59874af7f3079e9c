import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { readSignedBytes } from '@tu-esign/verifier/pdf/signature-value.ts';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createOrder, type startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, open } from '../fuzz/changes/append-update.ts';
import { inspect } from '../fuzz/changes/document.ts';
import { writeForm } from '../fuzz/changes/form-document.ts';
import { formUpdates } from '../fuzz/changes/form-updates.ts';
import { kinds } from '../fuzz/changes/kinds.ts';
import { acceptSample, originals } from '../fuzz/changes/originals.ts';
import { signable } from '../sample-pdfs.ts';
import { changedAt } from '../verifier/changed.ts';
import type { Candidate } from './words.ts';

/** What the service signs of the samples, changed afterwards at places that are known, and by updates of each kind. */

type Signing = Awaited<ReturnType<typeof startEmbeddedSigning>>;

const trySign = async ({ provider }: Signing, document: Uint8Array): Promise<Uint8Array | undefined> => {
  try {
    return (await provider.sign(createOrder(document))).document;
  } catch {
    // Refused: nobody is shown it as signed.
    return undefined;
  }
};

/** A digit of a hexadecimal string stays one. */
const otherDigit = (digit: number): number => (digit === 0x33 ? 0x34 : 0x33);

/** Another digit where these bytes stand in the signature, counted from their end. */
const changedWithin = (document: Uint8Array, found: Uint8Array, fromEnd = 1): Uint8Array => {
  const text = Buffer.from(document);
  const at = text.lastIndexOf(Buffer.from(found).toString('hex'));
  const digit = at === -1 ? text.lastIndexOf(Buffer.from(found).toString('hex').toUpperCase()) : at;
  if (digit === -1) throw new Error('It does not stand in the document');
  return changedAt(document, digit + 2 * (found.length - fromEnd), otherDigit);
};

/** Changes by what they are made to. */
const changesOf = async (name: string, document: Uint8Array): Promise<Candidate[]> => {
  const { contents, bytes, gap } = readSignedBytes(open(document), readSignatureFields(open(document)).at(-1)!.value!)!;
  const cms = await verifySignedData({ cms: contents, detached: bytes }, nodePorts);
  const whole = Buffer.from(document);
  const changed: Record<string, Uint8Array> = {
    'a bit of what was there before': changedAt(document, 9),
    'a digit of the signature’s value': changedWithin(document, cms.signature),
    'a digit of the certificate’s signature': changedWithin(document, cms.signerCertificate!),
    'a digit of the time-stamp’s signature': changedWithin(document, cms.timeStampTokens[0]!),
    'a bit behind the signature': changedAt(document, gap.end - 3),
    'something behind the end': Buffer.concat([whole, Buffer.from('\n% more\n')]),
    'its last line gone': whole.subarray(0, whole.length - 8),
  };
  return Object.entries(changed).map(([what, each]) => ({ name: `${name}: ${what}`, document: each }));
};

const signedSample = async (signing: Signing, name: string): Promise<Candidate[]> => {
  const document = await trySign(signing, await acceptSample(signing, name));
  return document ? [{ name: `${name}: signed`, document }, ...(await changesOf(name, document))] : [];
};

/** Changed after a signature, and signed once more where a service would do so. */
const updatesOf = async (signing: Signing, name: string, some: readonly string[]): Promise<Candidate[]> => {
  const once = (await trySign(signing, await acceptSample(signing, name)))!;
  const candidates: Candidate[] = [];
  for (const kind of some) {
    const update = kinds[kind]!(inspect(once));
    if (!update) continue;
    const changed = appendUpdate(once, update);
    const over = await trySign(signing, changed);
    const after = over ? ', signed over' : '';
    candidates.push({ name: `${name}: ${kind}${after}`, document: over ?? changed });
  }
  return candidates;
};

/** What may be done to a form, and what not: the whole, or a part of so many. */
const formsOf = async (signing: Signing, part: number, parts: number): Promise<Candidate[]> => {
  const once = (await trySign(signing, new Uint8Array(writeForm())))!;
  const { filled, forbidden } = formUpdates(inspect(once));
  return Object.entries({ ...filled, ...forbidden })
    .filter((_, at) => at % parts === part)
    .map(([name, update]) => ({ name: `form: ${name}`, document: appendUpdate(once, update) }));
};

/** Documents that are made together. */
export interface Group {
  name: string;
  make: (signing: Signing) => Promise<Candidate[]>;
}

/** How many groups the kinds of updates are made in: each signs its original once. */
const partsOfKinds = 6;
const partNumbers = Array.from({ length: partsOfKinds }, (_, part) => part);

const kindsOf = (part: number): string[] => Object.keys(kinds).filter((_, at) => at % partsOfKinds === part);

/** Everything that is made anew in each run. */
export const signedGroups: readonly Group[] = [
  ...signable.map((name) => ({ name: `${name}, signed`, make: (signing: Signing) => signedSample(signing, name) })),
  ...originals.flatMap((name) =>
    partNumbers.map((part) => ({
      name: `${name}, updated, ${part}`,
      make: (signing: Signing) => updatesOf(signing, name, kindsOf(part)),
    })),
  ),
  ...partNumbers.map((part) => ({
    name: `form, ${part}`,
    make: (signing: Signing) => formsOf(signing, part, partsOfKinds),
  })),
];
