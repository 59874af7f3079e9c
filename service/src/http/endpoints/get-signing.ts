import { SigningView } from '@tu-esign/contract';
import { bearerProblems, requireReader } from '#http/request/bearer.ts';
import { requireOwn, type OwnSigningDeps } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { Erasures } from '#records/retention/erasures.ts';
import type { ViewOf } from '#records/views.ts';
import type { Signing } from '#signing/signing.ts';

export interface GetSigningDeps extends OwnSigningDeps {
  readonly viewOf: ViewOf;
  /** With links for the host. */
  readonly hostViewOf: ViewOf;
  erasures: Pick<Erasures, 'wasErased'>;
}

/** Where a signing stands, with fresh links: for its signatory's page, and for the host's back end. */
export const getSigning: Route<GetSigningDeps> = {
  method: 'get',
  path: '/v1/signings/:id',
  summary: 'Read a signing',
  security: 'signing or signings token',
  responses: { 200: { description: 'The signing', content: { 'application/json': SigningView } } },
  problems: [...bearerProblems, 'signing-not-found', 'signing-erased'],
  async handle(context, deps) {
    const { host, token } = await requireReader(context, deps);
    const id = context.params['id'] ?? '';
    if (token.scope === 'signing') context.body = await deps.viewOf(await requireOwn({ host, token }, id, deps));
    else context.body = await deps.hostViewOf(await requireOfHost(host.id, id, deps));
  },
};

const requireOfHost = async (host: string, id: string, { store, erasures }: GetSigningDeps): Promise<Signing> => {
  const signing = await store.find(id);
  if (signing?.host === host) return signing;
  throw new Problem((await erasures.wasErased(host, id)) ? 'signing-erased' : 'signing-not-found');
};
