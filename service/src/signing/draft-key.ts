import { createHmac } from 'node:crypto';
import type { SigningRequest } from '@tu-esign/contract';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { sequenceOf } from './sequence.ts';

/** Derives the key of what an element keeps of an unfinished visit: base64url of 32 bytes. */
export type DraftKeyOf = (host: string, request: SigningRequest) => string;

/**
 * HMAC-SHA-256 over host, process, document and signatory: the same for every visit to one request, and another for
 * every other signatory, so that nobody who shares a device finds what somebody else drew.
 * @param secret 32 random bytes
 */
export const createDraftKeys =
  (secret: Uint8Array): DraftKeyOf =>
  (host, request) => {
    const { identifier, document, signatory } = request;
    const { position } = sequenceOf(request);
    const visit = canonicalJson({ host, identifier, position, digest: document.digest, signatory });
    return createHmac('sha256', secret).update(`draft\n${visit}`).digest('base64url');
  };
