import {
  failedOf,
  type Findings,
  type VerifiedDocument,
  type VerifiedSignature,
} from '@tu-esign/verifier/verdicts/findings.ts';
import { keepOutput } from '#files/keep-output.ts';
import type { SignedDocument, SigningOrder } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import type { Observation } from '#signing/evidence.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { judgeKeyCertificate } from './key-certificate.ts';
import { leaseMs } from './lease.ts';
import type { Deps, ReceivedOutput, StepResult } from './step.ts';

interface KeepOptions {
  deps: Deps;
  order: SigningOrder;
}

/** Keeps what a provider has signed, once it was judged; what is not believed is left to a person. */
export const keepSigned = async (
  signing: Signing,
  { document, keyCertificate, warnings }: SignedDocument,
  { deps, order }: KeepOptions,
): Promise<StepResult> => {
  const { store, files, providerOf, now, notificationsFor } = deps;
  const judged = await judgeDocument(document, order, deps);
  const verified = toObservation(document, judged);
  const { believed, findings, pages } = judged;
  if (!believed) {
    const file = await keepOutput(signing, document, files);
    return { kind: 'not-believed', doubts: { file, findings, observation: verified } };
  }
  const certificate = await receiveCertificate(signing, { keyCertificate, judged }, deps);
  const kept = { ...(await keepOutput(signing, document, files)), pages };
  const outputs = { document: kept, ...(certificate?.kept && { keyCertificate: certificate.kept }) };
  const data = { provider: providerOf(signing.host).name, ...outputs, ...(warnings?.length && { warnings }) };
  const standings = { document: { findings }, ...(certificate && { keyCertificate: certificate.standing }) };
  const signed = advanceTo(signing, 'signed', { outputs, signedAt: now().getTime(), standings });
  const observations = [verified, ...(certificate?.observations ?? []), { kind: 'signed', data } as const];
  const failed = certificate?.standing.problem ? notificationsFor(signing.host, 'key-certificate.failed') : [];
  const tell = [...notificationsFor(signing.host, 'signing.signed'), ...failed];
  return store.save(signed, { observations, dueInMs: leaseMs, tell });
};

interface Handed {
  keyCertificate: Uint8Array | undefined;
  judged: JudgedDocument;
}

/** Undefined where the provider hands it out later. */
const receiveCertificate = async (
  signing: Signing,
  { keyCertificate: content, judged }: Handed,
  deps: Deps,
): Promise<ReceivedOutput | undefined> => {
  if (!content && deps.providerOf(signing.host).findKeyCertificate) return undefined;
  const delivered = content && { content };
  return judgeKeyCertificate(signing, { delivered, signer: judged.signatures.at(-1) }, deps);
};

const toObservation = (document: Uint8Array, { findings, signatures }: JudgedDocument): Observation => ({
  kind: 'verified',
  data: {
    artefact: 'document',
    digest: digestOf(document),
    findings,
    signatures: signatures.map(({ field, findings }) => ({ field, findings })),
  },
});

/** Where one of these fails, it is not the agreement, signed. Other findings that fail are told with the document. */
const required = new Set(['parsed', 'originalPagesKept', 'signaturesPresent']);

/** A document that a provider says it has signed, and what was found of it. */
interface JudgedDocument {
  /** Whether it is the document that was sent, with the signatures that are due by now, and all of them hold. */
  believed: boolean;
  findings: Findings;
  /** Those by persons, in the order in which they were made. */
  signatures: VerifiedSignature[];
  pages: number;
}

/** Judges a signed document before it is kept as such. */
const judgeDocument = async (
  document: Uint8Array,
  { document: original, position }: SigningOrder,
  { verifyDocument, now }: Deps,
): Promise<JudgedDocument> => {
  const verified = await verifyDocument({ document, original, now: now() });
  if (verified.findings.originalPagesKept !== false || !verified.startsWithOriginal) return judge(verified, position);
  // Its first bytes are the original's, and yet its pages look changed. If the original looks changed when it is
  // compared with itself, such pages cannot be compared: what is found of them is then not known, and has not failed.
  const { findings } = await verifyDocument({ document: original, original, now: now() });
  const unknown = { originalPagesKept: null, originalPagesUnchanged: null };
  const changes = findings.originalPagesKept === false ? unknown : {};
  return judge({ ...verified, findings: { ...verified.findings, ...changes } }, position);
};

const judge = ({ findings, signatures, pages }: VerifiedDocument, position: number): JudgedDocument => {
  const persons = signatures.filter(({ kind }) => kind === 'signature');
  const failed = failedOf(findings).filter((name) => required.has(name));
  // The agreement may have been signed before it was uploaded: those signatures come first, and are not judged here.
  const ours = persons.slice(-position);
  const hold = ours.length === position && ours.every((signature) => failedOf(signature.findings).length === 0);
  return { believed: failed.length === 0 && hold, findings: { ...findings }, signatures: persons, pages };
};
