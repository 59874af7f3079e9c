import { SigningView } from '@tu-esign/contract';
import { bearerProblems } from '#http/request/bearer.ts';
import { requireOwnSigning, type OwnSigningDeps } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import type { ViewOf } from '#records/views.ts';

export interface GetSigningDeps extends OwnSigningDeps {
  readonly viewOf: ViewOf;
}

/** Where a signing stands, with fresh links. */
export const getSigning: Route<GetSigningDeps> = {
  method: 'get',
  path: '/v1/signings/:id',
  summary: 'Read a signing',
  security: 'signing token',
  responses: { 200: { description: 'The signing', content: { 'application/json': SigningView } } },
  problems: [...bearerProblems, 'signing-not-found'],
  async handle(context, deps) {
    context.body = await deps.viewOf(await requireOwnSigning(context, deps));
  },
};
