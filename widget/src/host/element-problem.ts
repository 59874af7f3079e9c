import type { SigningRequestView } from '@tu-esign/contract';
import type { AnyProblemType } from './problem-type.ts';

export type AskingHost = SigningRequestView['host'];

interface Options extends ErrorOptions {
  detail?: string | undefined;
  host?: AskingHost | undefined;
}

/** Something the signatory or the host is told of; whatever else is thrown is a bug. */
export class ElementProblem extends Error {
  readonly type: AnyProblemType;
  /** The host's own words, for the signatory. */
  readonly detail: string | undefined;
  /** Who can help, where the service says so. */
  readonly host: AskingHost | undefined;

  constructor(type: AnyProblemType, options: Options = {}) {
    super(type, options);
    this.name = 'ElementProblem';
    this.type = type;
    this.detail = options.detail;
    this.host = options.host;
  }
}

/** The problem's type; what is no problem is a bug, and the signatory is told `internal`. */
export function typeOf(error: unknown): AnyProblemType {
  return error instanceof ElementProblem ? error.type : 'internal';
}

/** What is known of it besides. */
export const knownOf = (error: unknown): Pick<ElementProblem, 'detail' | 'host'> =>
  error instanceof ElementProblem ? { detail: error.detail, host: error.host } : { detail: undefined, host: undefined };

/** Problems that mostly pass by themselves: tried again a few times before anybody is told. */
export const passing: ReadonlySet<AnyProblemType> = new Set<AnyProblemType>([
  'rate-limited',
  'overloaded',
  'storage-unavailable',
  'internal',
  'host-keys-unavailable',
  'service-answer',
]);

/** Problems that come before a POST is sent: it cannot have taken effect. */
export const unsent: ReadonlySet<AnyProblemType> = new Set<AnyProblemType>([
  'token-source',
  'token-timeout',
  'token-malformed',
  'autograph-unreadable',
  'host-refused',
  'host-silent',
]);

const retryable = new Set<AnyProblemType>([
  ...passing,
  'network',
  'token-source',
  'token-timeout',
  'token-expired',
  'token-not-yet-valid',
  'file-pending',
  'link-expired',
  'not-your-turn',
  'storage-full',
  'clock-wrong',
]);

/** Whether trying again, with a fresh token, may succeed. */
export const isRetryable = (type: AnyProblemType): boolean => retryable.has(type);
