import { AgreementView } from '@tu-esign/contract';
import { bearerProblems, requireSigningsToken, type BearerDeps } from '#http/request/bearer.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { AgreementViewOf } from '#records/views.ts';

export interface GetAgreementDeps extends BearerDeps {
  readonly agreementViewOf: AgreementViewOf;
}

/** The whole of what a host names with one identifier: whether all have signed, and who has. */
export const getAgreement: Route<GetAgreementDeps> = {
  method: 'get',
  path: '/v1/agreements/:identifier',
  summary: 'Read an agreement as a whole, server to server',
  security: 'signings token',
  responses: { 200: { description: 'The agreement', content: { 'application/json': AgreementView } } },
  problems: [...bearerProblems, 'signing-not-found'],
  async handle(context, deps) {
    const { host } = await requireSigningsToken(context, deps);
    const agreement = await deps.agreementViewOf(host.id, context.params['identifier'] ?? '');
    if (!agreement) throw new Problem('signing-not-found', 'Nobody has signed under this identifier');
    context.body = agreement;
  },
};
