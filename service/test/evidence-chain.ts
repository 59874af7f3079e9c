import { createHash, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { findFaults, type EvidenceEntry } from '@tu-esign/verifier/evidence/chain.ts';
import type { SealedHead } from '@tu-esign/verifier/evidence/seal.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

/** The number of the first entry that does not fit, or undefined where the whole chain holds. */
export const findBreak = (entries: readonly (EvidenceEntry & { seal?: string })[]): number | undefined =>
  findFaults(entries, nodePorts)[0]?.entry;

/** A seal as the service makes it, by a key at hand. */
export const sealWith =
  (key: KeyObject) =>
  (head: SealedHead): string =>
    sign('sha256', Buffer.from(canonicalJson(head)), key).toString('base64url');

/** Node's own word on a seal. */
export const isSealedBy = (key: KeyObject, head: SealedHead, seal: string): boolean =>
  verify('sha256', Buffer.from(canonicalJson(head)), key, Buffer.from(seal, 'base64url'));

/** Whether the note of something that was deleted is sealed, by who has no more than the note and these certificates. */
export const isSealedNote = (note: { id: string; record: string; seal: string }, certificates: string): boolean => {
  const digest = createHash('sha256').update(note.record).digest('hex');
  const { publicKey } = new X509Certificate(certificates);
  return isSealedBy(publicKey, { signing: note.id, sequence: 0, digest }, note.seal);
};
