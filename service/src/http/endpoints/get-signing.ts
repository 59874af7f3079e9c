import { SigningView } from '@tu-esign/contract';
import { bearerProblems, requireOwnSigning } from '#http/bearer.ts';
import type { Route } from '#http/route.ts';

/** Where a signing stands, with fresh links. */
export const getSigning: Route = {
  method: 'get',
  path: '/v1/signings/:id',
  summary: 'Read a signing',
  security: 'signing token',
  responses: { 200: { description: 'The signing', content: { 'application/json': SigningView } } },
  problems: [...bearerProblems, 'signing-not-found'],
  async handle(context, services) {
    context.body = await services.viewOf(await requireOwnSigning(context, services));
  },
};
