import { Decline, SigningView } from '@tu-esign/contract';
import type { HostRegistry } from '#hosts/registry.ts';
import { bearerProblems, requireSigningToken, type BearerDeps } from '#http/request/bearer.ts';
import { bodyProblems, readBodyAs } from '#http/request/body.ts';
import { clientOf } from '#http/request/client.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import { insertOrFind } from '#http/request/own-signing.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { ViewOf } from '#records/views.ts';
import { acceptDecline } from '#signing/accept.ts';
import type { Changes } from '#signing/changes.ts';

export interface PostDeclineDeps extends BearerDeps {
  store: SigningStore;
  registry: Pick<HostRegistry, 'notificationsFor'>;
  changes: Pick<Changes, 'announce'>;
  readonly viewOf: ViewOf;
  readonly now: () => Date;
}

/** The signatory will not sign. That is as final as a signature. */
export const postDecline: Route<PostDeclineDeps> = {
  method: 'post',
  path: '/v1/signings/decline',
  summary: 'Decline to sign',
  security: 'signing token',
  request: { 'application/json': Decline },
  responses: { 200: { description: 'Declined', content: { 'application/json': SigningView } } },
  problems: [...bearerProblems, 'token-replayed', 'document-not-found', ...bodyProblems, ...sequenceProblems],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const { reason = '' } = await readBodyAs(context, Decline);
    // As for signing: what nobody has uploaded nobody can decline.
    const { digest } = token.document;
    if (!(await deps.store.findDocument(host.id, digest))) throw new Problem('document-not-found');
    const { input } = await requireDocumentToSign(verified, deps);
    const added = acceptDecline({ host: host.id, hostName: host.name, token, input }, reason, deps.now().getTime());
    added.observations.push({ kind: 'received-from', data: { ...clientOf(context) } });
    const tell = deps.registry.notificationsFor(host.id, 'signing.declined', 'agreement.ended');
    const existing = await insertOrFind({ ...added, tell }, verified, deps);
    if (existing && existing.status !== 'declined') throw new Problem('already-signed');
    deps.changes.announce(added.signing.id);
    context.body = await deps.viewOf(existing ?? added.signing);
  },
};
