import { OperatorDeliveries } from '@tu-esign/contract';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { DeliveryStore } from '#records/deliveries.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { operatorProblems, requireOperator, toOperatorDelivery, type OperatorDeps } from './operator.ts';

export interface PostResendDeps extends OperatorDeps {
  store: SigningStore;
  deliveries: DeliveryStore;
  /** Tells the jobs that a notification is due. */
  readonly wake: (work: 'notify', id: string) => void;
}

/** Sends all notifications of a signing once more, each with the id that it had. */
export const postResend: Route<PostResendDeps> = {
  method: 'post',
  path: '/v1/operator/signings/:id/notifications/resend',
  summary: 'Send all notifications of a signing again, given-up ones included',
  security: 'operator key',
  responses: { 200: { description: 'What is sent again', content: { 'application/json': OperatorDeliveries } } },
  problems: [...operatorProblems, 'signing-not-found'],
  async handle(context, deps) {
    requireOperator(context, deps);
    const signing = await deps.store.find(context.params['id'] ?? '');
    if (!signing) throw new Problem('signing-not-found');
    const deliveries = await deps.deliveries.sendAgain(signing.id);
    for (const { id } of deliveries) deps.wake('notify', id);
    context.body = { deliveries: deliveries.map(toOperatorDelivery), hasMore: false } satisfies OperatorDeliveries;
  },
};
