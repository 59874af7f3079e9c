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

/** Who signs. A repeat after a lost answer is safe by the order's id, by asking first, or not at all. */
export interface Provider {
  readonly name: string;
  readonly repeats: 'key' | 'lookup' | 'none';
  /**
   * @throws Problem when no repeat can succeed; any other error may be tried again.
   */
  sign(order: SigningOrder): Promise<SignedDocument>;
}
