import type { RouterContext } from '@koa/router';
import type { ProblemType } from '@tu-esign/contract';
import type { z } from 'zod';
import type { Services } from './services.ts';

export type Context = RouterContext;

/** Bodies by media type; a string says what a body without a schema holds. */
export type Content = Record<string, z.ZodType | string>;

/** An endpoint: what it does, and what openapi.json says of it. */
export interface Route {
  method: 'get' | 'put' | 'post';
  path: string;
  summary: string;
  /** What authorises a request. */
  security: 'signing token' | 'documents token' | 'operator key' | 'link' | 'nothing';
  /** Parameters of the address. */
  query?: z.ZodObject;
  request?: Content;
  responses: Record<number, { description: string; content?: Content }>;
  problems: readonly ProblemType[];
  handle(context: Context, services: Services): Promise<void> | void;
}
