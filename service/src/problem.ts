import {
  problemPrefix,
  problems,
  type ProblemDetails,
  type ProblemType,
  type RefusedFinding,
} from '@tu-esign/contract';

interface ProblemOptions extends ErrorOptions {
  retryAfterSeconds?: number | undefined;
  code?: string | undefined;
  findings?: readonly RefusedFinding[] | undefined;
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

  constructor(type: ProblemType, detail?: string, options: ProblemOptions = {}) {
    super(detail ?? problems[type].title, options);
    this.name = 'Problem';
    this.type = type;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.code = options.code;
    this.findings = options.findings;
  }

  get status(): number {
    return problems[this.type].status;
  }

  /** RFC 9457, 3.1. */
  toDetails(): ProblemDetails {
    const { title, status } = problems[this.type];
    const detail = this.message === title ? {} : { detail: this.message };
    const findings = this.findings && { findings: [...this.findings] };
    return { type: problemPrefix + this.type, title, status, ...detail, ...findings };
  }
}
