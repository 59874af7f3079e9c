import { move, transferableSymbol, valueSymbol } from 'piscina';
import type { Place, ProblemType, RefusedFinding } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { AcceptedDocument, FindingPolicy, SignedCandidate, SignedFindings } from '#signing/document.ts';
import type { AskedPlaces } from '#signing/request.ts';
import { findPlaces } from '#pades/places/find-places.ts';
import { acceptDocument } from './accept.ts';
import { addLongTermData, prepareArchive, type ArchiveOptions, type LongTermOptions } from './archive.ts';
import { examineDocument } from './examine.ts';
import { readLastArchive, type LastArchive } from './last-archive.ts';
import { prepareSignature, type PrepareOptions } from './prepare.ts';
import type { PreparedSignature } from './prepared-signature.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { DocumentToVerify, VerifiedDocument } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument as judgeDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { verifySigned } from './verify-signed.ts';

/** Libraries write down what they recover in a file, in its own words too: the service's output is its log alone. */
const nothing = (): void => {};
Object.assign(console, { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing });

/** An error loses its class on the way out of a thread; a Problem's type must not be lost. */
export type Answer<T> =
  | { value: T }
  | { problem: ProblemType; detail: string; findings: readonly RefusedFinding[] | undefined };

const answer = async <T>(work: () => T | Promise<T>): Promise<Answer<T>> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: error.type, detail: error.message, findings: error.findings };
  }
};

/** Runs in a worker thread, once that has loaded all it needs. */
export const start = (): void => {};

/** Runs in a worker thread: see AcceptDocument. */
export const accept = (upload: { pdf: Uint8Array; policy: FindingPolicy }): Promise<Answer<AcceptedDocument>> =>
  answer(() => acceptDocument(upload, nodePorts));

/** Runs in a worker thread: what examineDocument finds. */
export const examine = (pdf: Uint8Array): Promise<Answer<RefusedFinding[]>> =>
  answer(() => examineDocument(pdf, nodePorts));

/** Runs in a worker thread: see FindPlaces. */
export const places = ({ document, asked }: { document: Uint8Array; asked: AskedPlaces }): Promise<Answer<Place[]>> =>
  answer(() => findPlaces(document, asked, nodePorts));

/** Runs in a worker thread: see VerifySigned. */
export const verify = (candidate: SignedCandidate): Promise<Answer<SignedFindings>> =>
  answer(() => verifySigned(candidate, nodePorts));

/** Runs in a worker thread: see VerifyDocument. */
export const verifyDocument = (candidate: DocumentToVerify): Promise<Answer<VerifiedDocument>> =>
  answer(() => judgeDocument(candidate, nodePorts));

/** Runs in a worker thread. The document is handed over, not copied. */
export const prepare = (options: PrepareOptions): Promise<unknown> =>
  handOver(() => prepareSignature(options, nodePorts));

/** Runs in a worker thread, likewise. */
export const archive = (options: ArchiveOptions): Promise<unknown> =>
  handOver(() => prepareArchive(options, nodePorts));

/** Runs in a worker thread: see addLongTermData. */
export const extend = (options: LongTermOptions): Promise<Answer<Uint8Array>> =>
  answer(() => addLongTermData(options, nodePorts));

/** Runs in a worker thread: see readLastArchive. */
export const lastArchive = (document: Uint8Array): Promise<Answer<LastArchive | undefined>> =>
  answer(() => readLastArchive(document, nodePorts));

const handOver = async (prepare: () => PreparedSignature | Promise<PreparedSignature>): Promise<unknown> => {
  const prepared = await answer(prepare);
  if (!('value' in prepared)) return prepared;
  return move({ [valueSymbol]: prepared, [transferableSymbol]: prepared.value.document.buffer });
};
