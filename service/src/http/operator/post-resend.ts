import { OperatorDeliveries } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { operatorProblems, requireOperator, toOperatorDelivery } from './operator.ts';
import type { Route } from '#http/route.ts';

/** Everything that its host was to be told of a signing goes out once more, under the same ids. */
export const postResend: Route = {
  method: 'post',
  path: '/v1/operator/signings/:id/notifications/resend',
  summary: 'Send all notifications of a signing again, given-up ones included',
  security: 'operator key',
  responses: { 200: { description: 'What is sent again', content: { 'application/json': OperatorDeliveries } } },
  problems: [...operatorProblems, 'signing-not-found'],
  async handle(context, services) {
    requireOperator(context, services);
    const signing = await services.store.find(context.params['id'] ?? '');
    if (!signing) throw new Problem('signing-not-found');
    const deliveries = await services.deliveries.sendAgain(signing.id);
    for (const { id } of deliveries) services.wake('notify', id);
    context.body = { deliveries: deliveries.map(toOperatorDelivery) } satisfies OperatorDeliveries;
  },
};
