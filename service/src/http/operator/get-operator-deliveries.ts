import { DeliveryState, OperatorDeliveries } from '@tu-esign/contract';
import { z } from 'zod';
import { operatorProblems, requireOperator, toOperatorDelivery } from './operator.ts';
import { Limit, readQuery } from '#http/query.ts';
import type { Route } from '#http/route.ts';

const Query = z.object({ state: DeliveryState.default('given-up'), limit: Limit });

/** Notifications that did not arrive, and others by their state. */
export const getOperatorDeliveries: Route = {
  method: 'get',
  path: '/v1/operator/deliveries',
  summary: 'List notifications in one state, by default those given up',
  security: 'operator key',
  query: Query,
  responses: { 200: { description: 'The notifications', content: { 'application/json': OperatorDeliveries } } },
  problems: [...operatorProblems, 'query-malformed'],
  async handle(context, services) {
    requireOperator(context, services);
    const { state, limit } = readQuery(context, Query);
    const deliveries = await services.deliveries.listByState(state, limit);
    context.body = { deliveries: deliveries.map(toOperatorDelivery) } satisfies OperatorDeliveries;
  },
};
