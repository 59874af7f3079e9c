import type { Locale, Signatory } from '@tu-esign/contract';
import type { Autograph } from '#signing/autograph.ts';
import type { AskedPlaces } from '#signing/request.ts';

/** What a provider is asked to sign. */
export interface SigningOrder {
  /** The signing's id, unique for all time. */
  id: string;
  /** The host's id of the process. */
  identifier: string;
  /** What is to be signed: the agreement, or where others sign before, what the last of them has left. */
  document: Uint8Array;
  documentName: string;
  signatory: Signatory;
  autograph: Autograph;
  locale: Locale;
  placement?: AskedPlaces['placement'];
  placements?: AskedPlaces['placements'];
  initials?: AskedPlaces['initials'];
  /** Where others will sign, as far as the host says. */
  later?: AskedPlaces['later'];
  /** Drawn where initials go. */
  initialsInk?: Autograph | undefined;
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
   * PEM, the signer's certificate first, then its chain without the root (RFC 8555, 9.1). Absent where it comes later
   * (`findKeyCertificate`), or is to be read from the document.
   */
  keyCertificate?: Uint8Array;
  /** What the provider warned of. */
  warnings?: readonly ProviderWarning[];
}

/** The provider has surely taken the order, and signs later: from then on `find` is called, and `sign` never again. */
export interface OrderTaken {
  taken: true;
  warnings?: readonly ProviderWarning[];
}

/** The key certificate as the provider gave it, later than the document. */
export interface DeliveredKeyCertificate {
  content: Uint8Array;
  warnings?: readonly ProviderWarning[];
}

/** A provider's warning: its code alone, since its words may name people. */
export interface ProviderWarning {
  code: string;
}

/** For which signing a further output is asked, once the document is signed. */
export interface OutputOrder {
  /** The signing's id. */
  id: string;
  /** The host's id of the process. */
  identifier: string;
  /** The signed document. */
  document: Uint8Array;
  position: number;
  of: number;
}

/** It is certain that nothing was signed, and it may be tried again. */
export class NotSigned extends Error {
  override name = 'NotSigned';
  /** How long the provider wants not to be asked, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(cause: unknown, retryAfterMs?: number) {
    super('the provider has not signed', { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** How a lost answer is dealt with. */
type Repeats =
  /** It may be sent the same order again, and the act is signed once: `id` is the key. */
  | { readonly repeats: 'key' }
  /** It can be asked for what it has signed. An order that it does not know of may be under way: it is asked twice. */
  | {
      readonly repeats: 'lookup';
      find(order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument | undefined>;
      /** Milliseconds between the two questions. */
      readonly quarantineMs: number;
    }
  /** It can neither be asked nor be sent an order twice: a person has to find out. */
  | { readonly repeats: 'none' };

/** Whoever signs. */
export type Provider = Repeats & {
  readonly name: string;
  /**
   * @param signal aborted when nobody waits for the answer any more
   * @throws Problem where no repeat can succeed
   * @throws NotSigned where it is certain that nothing was signed. After any other error that is not known.
   */
  sign(order: SigningOrder, signal?: AbortSignal): Promise<SignedDocument | OrderTaken>;
  /**
   * Absent: the key certificate comes with the document, or is read from it.
   * @returns undefined where it is not there yet; `in-document` where the one of this signatory has to be read from there
   */
  findKeyCertificate?(
    order: OutputOrder,
    signal?: AbortSignal,
  ): Promise<DeliveredKeyCertificate | 'in-document' | undefined>;
};
