import type { Findings } from '@tu-esign/verifier/verdicts/findings.ts';
import type { Imprint } from '#asn1/imprint.ts';
import type { Around } from '#network/around.ts';

/** What a conservation certificate may be of. */
export type Artefact = 'signed-document' | 'agreement';

/** What is to be conserved. */
export interface ConservationOrder {
  /** Of the signed document, in lower-case hexadecimal digits. */
  digest: string;
  /** Absent: SHA-256. */
  algorithm?: Imprint['algorithm'];
  /** For authorities that know the process instead. */
  signingId: string;
  /** The host's id of the process. */
  identifier: string;
  /** Digests of what an authority might conserve. */
  artefacts: Record<Artefact, string>;
  /** Their bytes, for imprints that are no SHA-256; undefined where they are not kept any more. */
  read?: (artefact: Artefact) => Promise<Uint8Array | undefined>;
}

/** A conservation certificate and what was found of it. */
export interface ConservationCertificate {
  /** DER TimeStampResp or TimeStampToken (RFC 3161, 2.4.2). */
  response: Uint8Array;
  /** Absent: `application/timestamp-reply`. */
  mediaType?: string;
  /** genTime of the time-stamp token. */
  issuedAt: Date;
  findings: Findings;
  /** What it is of; null where it is of nothing that was named. */
  conserves: Artefact | null;
  /** What the authority warned of, by its codes alone. */
  warnings?: readonly { code: string }[];
}

/** Who conserves. */
export interface ConservationAuthority {
  /** As it is shown to people. */
  readonly issuer: string;
  /** True only for an accredited certification provider (PSC). */
  readonly accredited: boolean;
  /**
   * Has what was signed time-stamped, and judges the answer: status, imprint, nonce, signer.
   * @param signal aborted when nobody waits for the answer any more
   * @returns undefined where it is not there yet: it is asked again
   */
  conserve(order: ConservationOrder, signal?: AbortSignal): Promise<ConservationCertificate | undefined>;
}

/** The same authority, each of its calls made with something around it. */
export const aroundAuthority = (authority: ConservationAuthority, around: Around): ConservationAuthority => ({
  issuer: authority.issuer,
  accredited: authority.accredited,
  conserve: (order, signal) =>
    around({ method: 'conserve', signing: order.signingId, signal }, (own) => authority.conserve(order, own)),
});
