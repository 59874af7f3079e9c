import type { AnyProblemType } from '../host/problem-type.ts';

/** What a problem is about: each kind has a title. */
export type ProblemKind =
  | 'request'
  | 'session'
  | 'document'
  | 'autograph'
  | 'missing'
  | 'closed'
  | 'signing'
  | 'busy'
  | 'network'
  | 'host'
  | 'file'
  | 'failure';

/** By how a type begins; the longest that fits decides. What is not here is a failure of ours. */
const kinds: Record<string, ProblemKind> = {
  token: 'request',
  'token-expired': 'session',
  'token-not-yet-valid': 'session',
  'token-replayed': 'session',
  'token-source': 'session',
  'token-timeout': 'session',
  'signing-not-found': 'session',
  'host-unknown': 'request',
  'host-keys-unavailable': 'busy',
  'host-refused': 'host',
  'host-silent': 'host',
  scope: 'request',
  origin: 'request',
  document: 'document',
  'document-not-shown': 'missing',
  page: 'document',
  placement: 'document',
  anchor: 'document',
  field: 'document',
  autograph: 'autograph',
  strokes: 'autograph',
  making: 'autograph',
  'body-too-large': 'autograph',
  initials: 'missing',
  'pages-unread': 'missing',
  consent: 'missing',
  'already-': 'closed',
  'identifier-reused': 'closed',
  'request-withdrawn': 'closed',
  'signing-failed': 'signing',
  provider: 'signing',
  'provider-unavailable': 'busy',
  'provider-rate-limited': 'busy',
  'rate-limited': 'busy',
  overloaded: 'busy',
  storage: 'busy',
  network: 'network',
  'request-timeout': 'network',
  file: 'file',
  link: 'file',
};

/** Longest first. */
const beginnings = Object.keys(kinds).sort((one, other) => other.length - one.length);

export function kindOf(type: AnyProblemType): ProblemKind {
  const beginning = beginnings.find((one) => type.startsWith(one));
  return beginning ? kinds[beginning]! : 'failure';
}

/** Where the host can help, and the signatory cannot. */
const ofTheHost = new Set<ProblemKind>(['request', 'document', 'closed', 'signing', 'host', 'failure', 'session']);

export const isForHost = (type: AnyProblemType): boolean => ofTheHost.has(kindOf(type));
