import { problems, type ProblemType } from '@tu-esign/contract';
import type { Findings } from '@tu-esign/verifier/verdicts/findings.ts';
import { Problem } from '#problem.ts';
import { NotSigned } from '#providers/provider.ts';
import type { Observation } from '#signing/evidence.ts';
import type { KeptFile, Signing } from '#signing/signing.ts';

/** Why a step has not come to its result, as far as it matters for what follows. */
export type Failure =
  /** No repeat can succeed. */
  | { kind: 'refused'; problem: ProblemType; code?: string | undefined }
  /** Nothing was signed, for certain, and a repeat may succeed. */
  | ({ kind: 'not-signed'; waitMs: number } & Cause)
  /** Nobody knows whether it was signed, or what kept an output from coming. */
  | { kind: 'unknown'; waitMs: number; code?: string | undefined }
  /** What was asked for is still being made: the document by a provider that has taken the order, or an output. */
  | { kind: 'not-there-yet' }
  /** A provider that was asked after a lost answer knows of no signature. */
  | { kind: 'not-found'; quarantineMs: number }
  /** What the provider handed out does not hold as the signed document. */
  | { kind: 'not-believed'; doubts: Doubts };

/** What kept a provider from signing, where it is known. */
export interface Cause {
  problem?: ProblemType;
  /** A neighbour's own code for it, never its words. */
  code?: string;
}

/** A document that is not believed, kept for the person who looks at it. */
export interface Doubts {
  file: KeptFile;
  findings: Findings;
  observation: Observation;
}

/** What is known of an error that a step has thrown. */
export const toFailure = (error: unknown, { status }: Signing): Failure => {
  if (isRefusal(error)) return { kind: 'refused', problem: error.type, code: error.code };
  const { code, waitMs } = readHints(error);
  // Before the intention to call it is committed, no provider is called.
  if (status === 'accepted' || error instanceof NotSigned) return { kind: 'not-signed', waitMs, ...causeOf(error) };
  return { kind: 'unknown', waitMs, code };
};

const isRefusal = (error: unknown): error is Problem => error instanceof Problem && !problems[error.type].retryable;

const causeOf = (error: unknown): Cause => {
  const known = error instanceof NotSigned ? error.cause : error;
  return known instanceof Problem ? { problem: known.type, ...(known.code && { code: known.code }) } : {};
};

/** What errors of neighbours, and what they wrap, may have beside their message. */
interface Hints {
  code?: unknown;
  retryAfterMs?: number;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** A neighbour's code, and for how long it wants not to be asked again. */
const readHints = (error: unknown): { code: string | undefined; waitMs: number } => {
  const outer: Hints = Object(error);
  const inner: Hints = Object(outer.cause);
  const code = [outer.code, inner.code].find((one) => typeof one === 'string');
  return { code, waitMs: Math.max(waitOf(outer), waitOf(inner)) };
};

const waitOf = ({ retryAfterMs, retryAfterSeconds = 0 }: Hints): number => retryAfterMs ?? retryAfterSeconds * 1000;
