import { OperatorReload } from '@tu-esign/contract';
import { z } from 'zod';
import { readQuery } from '#http/request/query.ts';
import type { Route } from '#http/request/route.ts';
import { operatorProblems, requireOperator, type OperatorDeps } from './operator.ts';

export interface PostReloadDeps extends OperatorDeps {
  /** @throws Problem configuration-wrong */
  readonly reload: (intent: 'apply' | 'tell') => OperatorReload;
}

const Query = z.object({
  intent: z.enum(['apply', 'tell']).default('apply').meta({ description: '`tell`: nothing is taken.' }),
});

/** Takes the hosts file as it is now, for what comes from here on. */
export const postReload: Route<PostReloadDeps> = {
  method: 'post',
  path: '/v1/operator/reload',
  summary: 'Read the hosts file anew, and take it or tell what it would change',
  security: 'operator key',
  query: Query,
  responses: { 200: { description: 'What has changed', content: { 'application/json': OperatorReload } } },
  problems: [...operatorProblems, 'query-malformed', 'configuration-wrong'],
  handle(context, deps) {
    requireOperator(context, deps);
    context.body = deps.reload(readQuery(context, Query).intent);
  },
};
