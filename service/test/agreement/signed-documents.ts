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

const signedSample = async (signing: Signing, name: string, isChanged: boolean): Promise<Candidate[]> => {
  const document = await trySign(signing, await acceptSample(signing, name));
  if (!document) return [];
  return [{ name: `${name}: signed`, document }, ...(isChanged ? await changesOf(name, document) : [])];
};

/** Which of many are asked for, by their places. */
export interface Asked {
  /** Of samples: signed, and changed here and there. */
  signed: (sample: number) => boolean;
  changed: (sample: number) => boolean;
  /** Of kinds of updates, on each of the originals. */
  updated: (kind: number, original: number) => boolean;
  /** Of what may be done to a form, and what not. */
  filled: (kind: number) => boolean;
}

/** Changed after a signature, and signed once more where a service would do so. */
const updatesOf = async (signing: Signing, name: string, isAsked: (kind: number) => boolean): Promise<Candidate[]> => {
  const once = (await trySign(signing, await acceptSample(signing, name)))!;
  const candidates: Candidate[] = [];
  for (const [kind, change] of Object.entries(kinds).filter((_, at) => isAsked(at))) {
    const update = change(inspect(once));
    if (!update) continue;
    const changed = appendUpdate(once, update);
    const over = await trySign(signing, changed);
    const after = over ? ', signed over' : '';
    candidates.push({ name: `${name}: ${kind}${after}`, document: over ?? changed });
  }
  return candidates;
};

const formsOf = async (signing: Signing, isAsked: (kind: number) => boolean): Promise<Candidate[]> => {
  const once = (await trySign(signing, new Uint8Array(writeForm())))!;
  const { filled, forbidden } = formUpdates(inspect(once));
  return Object.entries({ ...filled, ...forbidden })
    .filter((_, at) => isAsked(at))
    .map(([name, update]) => ({ name: `form: ${name}`, document: appendUpdate(once, update) }));
};

/** Everything that is made anew in each run, as far as it is asked for. */
export const signDocuments = async (
  signing: Signing,
  { signed, changed, updated, filled }: Asked,
): Promise<Candidate[]> => {
  const candidates: Candidate[] = [];
  for (const [at, name] of signable.entries())
    if (signed(at)) candidates.push(...(await signedSample(signing, name, changed(at))));
  for (const [at, name] of originals.entries())
    candidates.push(...(await updatesOf(signing, name, (kind) => updated(kind, at))));
  return [...candidates, ...(await formsOf(signing, filled))];
};
