import type { RouterContext } from '@koa/router';
import type { ProblemType } from '@tu-esign/contract';
import type { z } from 'zod';

export type Context = RouterContext;

/** Bodies by media type; a string says what a body without a schema holds. */
export type Content = Record<string, z.ZodType | string>;

/** What openapi.json says of an endpoint. */
export interface RouteDescription {
  method: 'get' | 'put' | 'post';
  path: string;
  summary: string;
  /** What authorises a request. */
  security:
    | 'signing token'
    | 'documents token'
    | 'signings token'
    | 'signing or signings token'
    | 'operator key'
    | 'link'
    | 'nothing';
  /** Parameters of the address. */
  query?: z.ZodObject;
  request?: Content;
  responses: Record<number, { description: string; content?: Content; location?: string }>;
  problems: readonly ProblemType[];
}

/** An endpoint, and what it needs of the service. */
export interface Route<Deps> extends RouteDescription {
  readonly handle: (context: Context, deps: Deps) => Promise<void> | void;
}
