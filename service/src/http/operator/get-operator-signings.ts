import { OperatorSignings, SigningStatus } from '@tu-esign/contract';
import { z } from 'zod';
import type { Route } from '#http/request/route.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { operatorProblems, requireOperator, toOperatorSigning, type OperatorDeps } from './operator.ts';
import { Cursor, cursorOf, toPage } from '#http/request/page.ts';
import { Limit, readQuery } from '#http/request/query.ts';

export interface GetOperatorSigningsDeps extends OperatorDeps {
  store: SigningStore;
}

const Query = z.object({ status: SigningStatus.default('review'), limit: Limit, cursor: Cursor.optional() });

/** Lists signings by their status: without one, those in review, which wait for a person. */
export const getOperatorSignings: Route<GetOperatorSigningsDeps> = {
  method: 'get',
  path: '/v1/operator/signings',
  summary: 'List signings in one status, by default those in review',
  security: 'operator key',
  query: Query,
  responses: { 200: { description: 'The signings', content: { 'application/json': OperatorSignings } } },
  problems: [...operatorProblems, 'query-malformed'],
  async handle(context, deps) {
    requireOperator(context, deps);
    const { status, limit, cursor } = readQuery(context, Query);
    const { items, ...page } = toPage(await deps.store.listByStatus(status, limit + 1, cursor), limit, cursorOf);
    context.body = { signings: items.map(toOperatorSigning), ...page } satisfies OperatorSignings;
  },
};
