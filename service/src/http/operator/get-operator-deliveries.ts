import { DeliveryState, OperatorDeliveries } from '@tu-esign/contract';
import { z } from 'zod';
import type { Route } from '#http/request/route.ts';
import type { DeliveryStore } from '#records/deliveries.ts';
import { operatorProblems, requireOperator, toOperatorDelivery, type OperatorDeps } from './operator.ts';
import { Cursor, cursorOf, toPage } from '#http/request/page.ts';
import { Limit, readQuery } from '#http/request/query.ts';

export interface GetOperatorDeliveriesDeps extends OperatorDeps {
  deliveries: DeliveryStore;
}

const Query = z.object({ state: DeliveryState.default('given-up'), limit: Limit, cursor: Cursor.optional() });

/** Lists notifications by their state: without one, those that were given up. */
export const getOperatorDeliveries: Route<GetOperatorDeliveriesDeps> = {
  method: 'get',
  path: '/v1/operator/deliveries',
  summary: 'List notifications in one state, by default those given up',
  security: 'operator key',
  query: Query,
  responses: { 200: { description: 'The notifications', content: { 'application/json': OperatorDeliveries } } },
  problems: [...operatorProblems, 'query-malformed'],
  async handle(context, deps) {
    requireOperator(context, deps);
    const { state, limit, cursor } = readQuery(context, Query);
    const after = cursor && { createdAt: cursor.updatedAt, id: cursor.id };
    const found = await deps.deliveries.listByState(state, limit + 1, after);
    const { items, ...page } = toPage(found, limit, ({ createdAt, id }) => cursorOf({ updatedAt: createdAt, id }));
    context.body = { deliveries: items.map(toOperatorDelivery), ...page } satisfies OperatorDeliveries;
  },
};
