import type { Locale, Placement, Signatory } from '@tu-esign/contract';
import type { Autograph } from '#signing/autograph.ts';

/** What a provider is asked to sign. */
export interface SigningOrder {
  /** The signing's id, unique for all time. */
  id: string;
  /** The host's id of the process. */
  identifier: string;
  /** What is to be signed now: where others sign before, as they left it. */
  document: Uint8Array;
  documentName: string;
  signatory: Signatory;
  autograph: Autograph;
  locale: Locale;
  placement?: Placement | undefined;
  /** When the signatory's act was accepted. */
  acceptedAt: Date;
  /** Place of this signatory among those who sign, from 1. */
  position: number;
  /** How many sign. */
  of: number;
}

export interface SignedDocument {
  document: Uint8Array;
  /**
   * PEM, the signer's certificate first, then its chain without the root (RFC 8555, 9.1). Absent where it is
   * to be asked for, or read from the document.
   */
  keyCertificate?: Uint8Array;
  /** What the provider warned of. */
  warnings?: readonly ProviderWarning[];
}

/** The order was surely taken: from then on the provider is asked by `find` alone. */
export interface Taken {
  taken: true;
  warnings?: readonly ProviderWarning[];
}

/** An output that came after the document. */
export interface HandedOut {
  content: Uint8Array;
  warnings?: readonly ProviderWarning[];
}

/** A warning of a provider's: its code alone, since its words may name people. */
export interface ProviderWarning {
  code: string;
}

/** What a further output is asked for by, once the document is signed. */
export interface OutputOrder {
  /** The signing's id. */
  id: string;
  /** The host's id of the process. */
  identifier: string;
  /** As it was signed. */
  document: Uint8Array;
  position: number;
  of: number;
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
  sign(order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument | Taken>;
  /**
   * Absent: the key certificate comes with the document, or is read from it.
   * @returns undefined where it is not there yet; `in-document` where this one is not handed out, but read from there
   */
  findKeyCertificate?(order: OutputOrder, signal?: AbortSignal): Promise<HandedOut | 'in-document' | undefined>;
};
