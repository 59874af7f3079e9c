import { OperatorSignings, SigningStatus } from '@tu-esign/contract';
import { z } from 'zod';
import { operatorProblems, requireOperator, toOperatorSigning } from './operator.ts';
import { Limit, readQuery } from '#http/query.ts';
import type { Route } from '#http/route.ts';

const Query = z.object({ status: SigningStatus.default('review'), limit: Limit });

/** What waits for a person, and whatever else an operator looks for by its status. */
export const getOperatorSignings: Route = {
  method: 'get',
  path: '/v1/operator/signings',
  summary: 'List signings in one status, by default those in review',
  security: 'operator key',
  query: Query,
  responses: { 200: { description: 'The signings', content: { 'application/json': OperatorSignings } } },
  problems: [...operatorProblems, 'query-malformed'],
  async handle(context, services) {
    requireOperator(context, services);
    const { status, limit } = readQuery(context, Query);
    const signings = await services.store.listByStatus(status, limit);
    context.body = { signings: signings.map(toOperatorSigning) } satisfies OperatorSignings;
  },
};
