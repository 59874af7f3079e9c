import { Decline, SigningView } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { acceptDecline } from '#signing/accept.ts';
import { bearerProblems, requireSigningToken } from '#http/bearer.ts';
import { readJson } from '#http/limits/body.ts';
import { clientOf } from '#http/client.ts';
import { insertOnce } from './insert-once.ts';
import type { Route } from '#http/route.ts';
import { requireTurn, turnProblems } from '#http/turn.ts';

const bodyLimit = { bytes: 4_096, problem: 'body-too-large' } as const;

/** The signatory will not sign: that is final too. */
export const postDecline: Route = {
  method: 'post',
  path: '/v1/signings/decline',
  summary: 'Decline to sign',
  security: 'signing token',
  request: { 'application/json': Decline },
  responses: { 200: { description: 'Declined', content: { 'application/json': SigningView } } },
  problems: [
    ...bearerProblems,
    'token-replayed',
    'media-type-unsupported',
    'body-malformed',
    'body-too-large',
    ...turnProblems,
  ],
  async handle(context, services) {
    const verified = await requireSigningToken(context, services);
    const { host, token } = verified;
    if (!context.is('application/json')) throw new Problem('media-type-unsupported', 'application/json is expected');
    const { success, data } = Decline.safeParse(await readJson(context.req, bodyLimit));
    if (!success) throw new Problem('body-malformed', 'reason is a text of at most 500 characters');
    const { given } = await requireTurn(verified, services);
    const added = acceptDecline({ host: host.id, token, given }, data.reason ?? '', services.now().getTime());
    added.observations.push({ kind: 'received-from', data: { ...clientOf(context) } });
    const tell = services.registry.toTell(host.id, 'signing.declined');
    const existing = await insertOnce({ ...added, tell }, verified, services);
    if (existing && existing.status !== 'declined') throw new Problem('already-signed');
    services.changes.announce(added.signing.id);
    context.body = await services.viewOf(existing ?? added.signing);
  },
};
