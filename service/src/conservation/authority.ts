/** A conservation certificate and what was verified in it. */
export interface ConservationCertificate {
  /** DER TimeStampResp (RFC 3161, 2.4.2). */
  response: Uint8Array;
  /** genTime of the time-stamp token. */
  issuedAt: Date;
}

/** Who conserves. */
export interface ConservationAuthority {
  /** As it is shown to people. */
  readonly issuer: string;
  /** True only for an accredited certification provider (PSC). */
  readonly accredited: boolean;
  /**
   * Has a SHA-256 digest time-stamped and verifies the answer: status, imprint, nonce, signer.
   * @param digest 64 lower-case hexadecimal digits
   * @param signal aborted when nobody waits for the answer any more
   */
  conserve(digest: string, signal?: AbortSignal): Promise<ConservationCertificate>;
}
