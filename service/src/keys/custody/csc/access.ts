import type { KeyKind } from '#keys/custody/key-holder.ts';

/** How a remote signer is asked: who we are, and what its own credentials hold. */
export interface CscAccess {
  /** Where its API begins, as https://…/csc/v2, without a slash at its end. */
  url: string;
  authorization: { token: string } | { tokenUrl: string; clientId: string; clientSecret: string };
  /** What it asks for where a credential is used by a PIN. */
  pin: string | undefined;
  /** Which credential holds the key of which kind that is made from then on. */
  credentials: Readonly<Partial<Record<KeyKind, string>>>;
  /** For each answer, in milliseconds. */
  answeredWithinMs?: number;
}

/** The signer has answered what it may not, or not at all; the message says what, and nothing that is secret. */
export class CscError extends Error {
  override name = 'CscError';
}
