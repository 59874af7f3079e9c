import { createHmac } from 'node:crypto';
import type { SigningRequest } from '@tu-esign/contract';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { sequenceOf } from './sequence.ts';

/** Derives the key of what an element keeps of an unfinished visit: base64url of 32 bytes. */
export type DraftKeyOf = (host: string, request: SigningRequest) => Promise<string>;

/** A signatory's place in what a host names by an identifier. */
export interface VisitedPlace {
  host: string;
  identifier: string;
  position: number;
}

export interface DraftKeysOptions {
  /** Of 32 random bytes each, the oldest first, with the time from which each is in force: milliseconds. */
  secrets: readonly { bytes: Uint8Array; from: number }[];
  /** When the document was first shown there, in milliseconds. */
  readonly firstShownAt: (place: VisitedPlace) => Promise<number | undefined>;
  readonly now: () => number;
}

/** Elements keep a draft for an hour: after a day nobody has one of a secret that was replaced. */
const longestDraftMs = 24 * 3_600_000;

/**
 * HMAC-SHA-256 over host, process, document and signatory: the same for every visit to one request, and another for
 * every other signatory, so that nobody who shares a device finds what somebody else drew. Who began before the secret
 * was replaced keeps the key of the one before for a day, and with it the draft.
 */
export const createDraftKeys = ({ secrets, firstShownAt, now }: DraftKeysOptions): DraftKeyOf => {
  const inForceAt = (at: number) => secrets.findLast(({ from }) => from <= at) ?? secrets[0]!;
  const choose = async (place: VisitedPlace) => {
    const current = inForceAt(now());
    if (now() - current.from > longestDraftMs) return current;
    return inForceAt((await firstShownAt(place)) ?? now());
  };
  return async (host, request) => {
    const { identifier, document, signatory } = request;
    const { position } = sequenceOf(request);
    const { bytes } = await choose({ host, identifier, position });
    const visit = canonicalJson({ host, identifier, position, digest: document.digest, signatory });
    return createHmac('sha256', bytes).update(`draft\n${visit}`).digest('base64url');
  };
};
