import { AgreementView, line, Withdrawal } from '@tu-esign/contract';
import type { HostRegistry } from '#hosts/registry.ts';
import { bearerProblems, requireSigningsToken, type BearerDeps } from '#http/request/bearer.ts';
import { bodyProblems, readBodyAs } from '#http/request/body.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { AgreementViewOf } from '#records/views.ts';
import type { Changes } from '#signing/changes.ts';

export interface PostWithdrawalDeps extends BearerDeps {
  store: Pick<SigningStore, 'withdraw'>;
  registry: Pick<HostRegistry, 'notificationsFor'>;
  changes: Pick<Changes, 'announce'>;
  readonly agreementViewOf: AgreementViewOf;
}

const news = ['signing.withdrawn', 'agreement.ended'] as const;

/** The host does not want it signed any more. That is final, and may be said before anybody has come. */
export const postWithdrawal: Route<PostWithdrawalDeps> = {
  method: 'post',
  path: '/v1/agreements/:identifier/withdraw',
  summary: 'Withdraw what is not signed yet, server to server',
  security: 'signings token',
  request: { 'application/json': Withdrawal },
  responses: { 200: { description: 'Withdrawn', content: { 'application/json': AgreementView } } },
  problems: [...bearerProblems, 'not-withdrawable', ...bodyProblems],
  async handle(context, deps) {
    const { host } = await requireSigningsToken(context, deps);
    const { success, data: identifier } = line(128).safeParse(context.params['identifier']);
    if (!success) throw new Problem('not-found');
    const { reason = null } = await readBodyAs(context, Withdrawal);
    const tell = deps.registry.notificationsFor(host.id, ...news);
    const withdrawn = await deps.store.withdraw({ host: host.id, identifier, reason: reason || null, tell });
    if (withdrawn === 'too-late') throw new Problem('not-withdrawable');
    if (withdrawn.signing) deps.changes.announce(withdrawn.signing.id);
    context.body = await deps.agreementViewOf(host.id, identifier);
  },
};
