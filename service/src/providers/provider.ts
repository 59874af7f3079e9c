import type { Locale, Placement, Signatory } from '@tu-esign/contract';
import type { Autograph } from '#signing/autograph.ts';

/** What a provider is asked to sign. */
export interface SigningOrder {
  /** The signing's id, unique for all time. */
  id: string;
  /** The host's id of the process. */
  identifier: string;
  document: Uint8Array;
  documentName: string;
  signatory: Signatory;
  autograph: Autograph;
  locale: Locale;
  placement?: Placement | undefined;
  /** When the signatory's act was accepted. */
  acceptedAt: Date;
}

export interface SignedDocument {
  document: Uint8Array;
  /** PEM, the signer's certificate first, then its chain without the root (RFC 8555, 9.1). */
  keyCertificate: Uint8Array;
}

/** It is certain that nothing was signed, and it may be tried again. */
export class NotSigned extends Error {
  override name = 'NotSigned';
  /** When the provider wants to be asked again, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(cause: unknown, retryAfterMs?: number) {
    super('the provider has not signed', { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** How a lost answer is dealt with. */
type Repeats =
  /** The same order again is the same signature. */
  | { readonly repeats: 'key' }
  /** The provider can be asked. What it does not know may still be under way: it is asked again before a repeat. */
  | {
      readonly repeats: 'lookup';
      find(order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument | undefined>;
      /** Milliseconds between two questions. */
      readonly quarantineMs: number;
    }
  /** Nobody can know: a person has to find out. */
  | { readonly repeats: 'none' };

/** Who signs. */
export type Provider = Repeats & {
  readonly name: string;
  /**
   * @param signal aborted when nobody waits for the answer any more
   * @throws Problem where no repeat can succeed
   * @throws NotSigned where a repeat may, and cannot sign twice. After any other error nobody knows.
   */
  sign(order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument>;
};
