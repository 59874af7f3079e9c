import type { AnyProblemType } from './problem-type.ts';

/** Something the signatory or the host is told of; whatever else is thrown is a bug. */
export class ElementProblem extends Error {
  readonly type: AnyProblemType;

  constructor(type: AnyProblemType, options?: ErrorOptions) {
    super(type, options);
    this.name = 'ElementProblem';
    this.type = type;
  }
}

/** The problem's type; what is no problem is a bug, and the signatory is told `internal`. */
export function typeOf(error: unknown): AnyProblemType {
  return error instanceof ElementProblem ? error.type : 'internal';
}

const retryable = new Set<AnyProblemType>([
  'network',
  'token-source',
  'token-expired',
  'token-not-yet-valid',
  'host-keys-unavailable',
  'file-pending',
  'link-expired',
  'rate-limited',
  'overloaded',
  'storage-unavailable',
  'internal',
  'service-answer',
]);

/** Whether trying again, with a fresh token, may succeed. */
export const isRetryable = (type: AnyProblemType): boolean => retryable.has(type);
