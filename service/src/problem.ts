import type { FaultyMember, ProblemDetails, ProblemType, RefusedFinding } from '@tu-esign/contract';
// By itself: the threads that read PDFs know problems, and need not load every schema of the wire for it.
import { problemPrefix, problems } from '@tu-esign/contract/problem-kinds.ts';

interface ProblemOptions extends ErrorOptions {
  retryAfterSeconds?: number | undefined;
  code?: string | undefined;
  findings?: readonly RefusedFinding[] | undefined;
  errors?: readonly FaultyMember[] | undefined;
}

/**
 * Something the caller can act on. Whatever else is thrown is a bug: 500, no detail.
 * `detail` is shown to the caller: no personal data, no token, no key, no internal address.
 */
export class Problem extends Error {
  readonly type: ProblemType;
  /** When it is worth trying again, where that is known. */
  readonly retryAfterSeconds: number | undefined;
  /** A neighbour's own code for it, for the log and the evidence: never its words. */
  readonly code: string | undefined;
  /** For what a document was refused (RFC 9457, 3.2). */
  readonly findings: readonly RefusedFinding[] | undefined;
  /** What is wrong in a body or a token, and where. */
  readonly errors: readonly FaultyMember[] | undefined;

  constructor(type: ProblemType, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? problems[type].title, options);
    this.name = 'Problem';
    this.type = type;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.code = options.code;
    this.findings = options.findings;
    this.errors = options.errors;
  }

  get status(): number {
    return problems[this.type].status;
  }

  /** RFC 9457, 3.1. */
  toDetails(requestId: string): ProblemDetails {
    const { title, status, retryable } = problems[this.type];
    const detail = this.message === title ? {} : { detail: this.message };
    const findings = this.findings && { findings: [...this.findings] };
    const errors = this.errors?.length ? { errors: [...this.errors] } : {};
    return { type: problemPrefix + this.type, title, status, ...detail, retryable, requestId, ...findings, ...errors };
  }
}

/** What a schema has found, as far as this needs it. */
interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string | undefined;
  /** Of members that the schema does not know. */
  keys?: readonly string[];
}

/** A reference token (RFC 6901, 3), as a URI fragment has it. */
const escapePointer = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((name) => `/${escapePointer(String(name))}`).join('')}`;

/** Names may be anything that somebody sends: they are told in part. */
const shortened = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, 80);

/**
 * What is wrong and where: never the value, which may be personal.
 * @param advise what to say of a member that is not known
 */
export const toFaults = (
  issues: readonly Issue[],
  advise: (path: readonly PropertyKey[]) => string = () => 'is not known here',
): FaultyMember[] =>
  issues.flatMap(({ path, message, code, keys = [] }) => {
    if (code !== 'unrecognized_keys')
      return [{ pointer: pointerTo(path), detail: [shortened(path), message].filter(Boolean).join(': ') }];
    const unknown = keys.map((key) => [...path, key]);
    return unknown.map((at) => ({ pointer: pointerTo(at), detail: `${shortened(at)} ${advise(at)}` }));
  });
