import type { AnyProblemType } from './problem-type.ts';

/** How far a signing has come. */
export type Stage = 'sending' | 'accepted' | 'signing' | 'conserving' | 'done';

/** One file a signing leaves behind; `link` is a plain URL that works until `expiresAt` (ISO 8601). */
export interface SignedFile {
  /** `later`: with the signing of the last signatory. */
  state: 'pending' | 'issued' | 'failed' | 'later';
  mediaType: string;
  /** SHA-256, lower-case hexadecimal. */
  digest?: string | undefined;
  bytes?: number | undefined;
  link?: { href: string; expiresAt: string } | undefined;
}

/** The signed PDF. */
export interface DocumentFile extends SignedFile {
  /** The level of PAdES that was found in it: the lowest of its signatures. Absent where one has none. */
  level?: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | undefined;
}

/** `accredited` is true only where an accredited certification provider issued the certificate. */
export interface ConservationFile extends SignedFile {
  accredited: boolean;
  issuer: string;
  issuedAt?: string | undefined;
}

/** One of the host's consents as it was answered. */
export interface AnsweredConsent {
  id: string;
  /** As the signatory read it, and its SHA-256, lower-case hexadecimal. */
  text: string;
  digest: string;
  required: boolean;
  url?: string | undefined;
  accepted: boolean;
}

/** What has been signed. */
export interface Signed {
  /** The host's id of the process. */
  identifier: string;
  /** The service's id of the signing. */
  id: string;
  /** SHA-256 of the signed document, lower-case hexadecimal. */
  digest: string;
  outputs: {
    document: DocumentFile;
    'key-certificate': SignedFile;
    'conservation-certificate': ConservationFile;
  };
  /** The host's own consents, in its order: what was ticked and what was not; empty where it asked for none. */
  consents: AnsweredConsent[];
}

const travels = { bubbles: true, composed: true };

/** The first page is painted: the signatory sees the document. */
export class TuEsignReadyEvent extends Event {
  constructor() {
    super('tu-esign-ready', travels);
  }
}

/** The signing has reached `stage`. */
export class TuEsignProgressEvent extends Event {
  readonly stage: Stage;

  constructor(stage: Stage) {
    super('tu-esign-progress', travels);
    this.stage = stage;
  }
}

/** The document is signed; told again on every visit to a finished signing. */
export class TuEsignSignedEvent extends Event implements Signed {
  readonly identifier: string;
  readonly id: string;
  readonly digest: string;
  readonly outputs: Signed['outputs'];
  readonly consents: AnsweredConsent[];

  constructor(signed: Signed) {
    super('tu-esign-signed', travels);
    this.identifier = signed.identifier;
    this.id = signed.id;
    this.digest = signed.digest;
    this.outputs = signed.outputs;
    this.consents = signed.consents;
  }
}

/** The signatory has declined. */
export class TuEsignDeclinedEvent extends Event {
  /** The signatory's words, if any. */
  readonly reason: string | undefined;

  constructor(reason: string | undefined) {
    super('tu-esign-declined', travels);
    this.reason = reason;
  }
}

/** Something went wrong; where `retryable`, the element offers to try again by itself. */
export class TuEsignErrorEvent extends Event {
  /** A key of the service's table of problems, or the element's own. */
  readonly problem: AnyProblemType;
  readonly retryable: boolean;
  /** For developers: what is probably wrong, and where to mend it. English, never for signatories. */
  readonly hint: string | undefined;

  constructor(problem: AnyProblemType, retryable: boolean, hint?: string) {
    super('tu-esign-error', travels);
    this.problem = problem;
    this.retryable = retryable;
    this.hint = hint;
  }
}

/** The token has a minute left; the element is about to call `getToken`. */
export class TuEsignTokenExpiringEvent extends Event {
  readonly expiresAt: Date;

  constructor(expiresAt: Date) {
    super('tu-esign-token-expiring', travels);
    this.expiresAt = expiresAt;
  }
}

/** The signatory is doing something; told every ten seconds at most, for hosts that end idle sessions. */
export class TuEsignActivityEvent extends Event {
  constructor() {
    super('tu-esign-activity', travels);
  }
}

declare global {
  interface HTMLElementEventMap {
    'tu-esign-ready': TuEsignReadyEvent;
    'tu-esign-progress': TuEsignProgressEvent;
    'tu-esign-signed': TuEsignSignedEvent;
    'tu-esign-declined': TuEsignDeclinedEvent;
    'tu-esign-error': TuEsignErrorEvent;
    'tu-esign-activity': TuEsignActivityEvent;
    'tu-esign-token-expiring': TuEsignTokenExpiringEvent;
  }
}
