import type { ProblemType, SigningToken } from '@tu-esign/contract';
import type { Verified } from '#hosts/token.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { atPosition, sequenceOf } from '#signing/sequence.ts';
import type { InputDocument, KeptDocument, Signing } from '#signing/signing.ts';

/** How long a signatory who is not the first waits before asking again. */
const retryAfterSeconds = 5;

/** What a signatory can be refused for whose signing is one among others, or was withdrawn. */
export const sequenceProblems: readonly ProblemType[] = [
  'request-withdrawn',
  'not-your-turn',
  'already-signed',
  'identifier-reused',
  'already-declined',
  'signing-failed',
];

/** What a signatory is to sign. */
export interface DocumentToSign {
  input: InputDocument;
  /** As the signatory before has left it; undefined for the first, who signs the agreement as it was uploaded. */
  document: KeptDocument | undefined;
}

/**
 * What the token's signatory signs: the agreement, or where others sign before, what the last of them has left.
 * @throws Problem not-your-turn, already-declined, identifier-reused, signing-failed, request-withdrawn
 */
export const requireDocumentToSign = async (
  { host, token }: Verified<SigningToken>,
  { store }: { store: SigningStore },
): Promise<DocumentToSign> => {
  await requireNotWithdrawn(host.id, token.identifier, store);
  const { position } = sequenceOf(token);
  if (position === 1) return { input: { digest: token.document.digest, signingId: null }, document: undefined };
  const signings = await store.listByIdentifier(host.id, token.identifier);
  const before = signings.filter(({ request }) => sequenceOf(request).position < position);
  requireSameProcess(before, token);
  requireNoneEnded(before);
  const { id, outputs } = atPosition(before, position - 1) ?? {};
  if (!id || !outputs?.document) throw new Problem('not-your-turn', undefined, { retryAfterSeconds });
  return { input: { digest: outputs.document.digest, signingId: id }, document: outputs.document };
};

/** Where the host has withdrawn it, nobody signs any more, and what signatories were given opens nothing. */
export const requireNotWithdrawn = async (
  host: string,
  identifier: string,
  store: Pick<SigningStore, 'findAgreement'>,
): Promise<void> => {
  const agreement = await store.findAgreement(host, identifier);
  if (agreement && agreement.withdrawnAt !== null) throw new Problem('request-withdrawn');
};

/** All who sign under one identifier sign one agreement, and their tokens name the same number of signatories. */
const requireSameProcess = (before: readonly Signing[], { document, sequence }: SigningToken): void => {
  const isSame = ({ request }: Signing) =>
    request.document.digest === document.digest && sequenceOf(request).of === sequenceOf({ sequence }).of;
  if (!before.every(isSame)) {
    throw new Problem('identifier-reused', 'The identifier was used for another document or sequence');
  }
};

/** Where one has declined or failed, nobody signs after. */
const requireNoneEnded = (before: readonly Signing[]): void => {
  const ended = before.find(({ status }) => status === 'declined' || status === 'failed');
  if (ended?.status === 'declined') throw new Problem('already-declined', 'A signatory before has declined');
  if (ended) throw new Problem('signing-failed', 'The document could not be signed by a signatory before');
};
