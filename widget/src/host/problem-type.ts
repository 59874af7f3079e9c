import type { ProblemType } from '@tu-esign/contract';

export type { ProblemType };

/** What can go wrong on the element's side of the wire. */
export type ElementProblemType =
  | 'network'
  | 'token-source'
  | 'token-timeout'
  | 'host-refused'
  | 'host-silent'
  | 'service-address'
  | 'service-answer'
  | 'document-altered'
  | 'document-unreadable'
  | 'page-incomplete'
  | 'autograph-unreadable';

/** Everything the element can have to tell the signatory and the host. */
export type AnyProblemType = ProblemType | ElementProblemType;
