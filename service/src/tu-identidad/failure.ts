/** What became of a call, as far as anybody can act on it. */
export type FailureKind = 'refused' | 'credentials' | 'rate-limited' | 'unavailable' | 'unclear';

// Static: what the vendor says in words may quote the person, and what the client throws holds the API key.
const messages: Record<FailureKind, string> = {
  refused: 'Tu Identidad refuses',
  credentials: 'Tu Identidad does not accept the API key',
  'rate-limited': 'Tu Identidad takes no more requests for a while',
  unavailable: 'Tu Identidad cannot be reached',
  unclear: 'Tu Identidad does not answer in a known form',
};

export interface FailureFacts {
  kind: FailureKind;
  /** True where the order was surely not carried out. */
  withoutEffect: boolean;
  /** The vendor's code for it, or the system's for a connection. */
  code?: string | undefined;
  /** When it wants to be asked again. */
  retryAfterMs?: number | undefined;
}

/** A call to Tu Identidad without the answer that was hoped for. Holds nothing that was sent or received but a code. */
export class Failure extends Error {
  override name = 'TuIdentidadFailure';
  readonly kind: FailureKind;
  readonly withoutEffect: boolean;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ kind, withoutEffect, code, retryAfterMs }: FailureFacts) {
    super(messages[kind]);
    this.kind = kind;
    this.withoutEffect = withoutEffect;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
