import { Problem } from '#problem.ts';
import { operatorProblems, requireOperator } from '#http/operator/operator.ts';
import type { Route } from '#http/route.ts';

/** For Prometheus, with the operator's key as its credentials. */
export const getMetrics: Route = {
  method: 'get',
  path: '/metrics',
  summary: 'Read metrics',
  security: 'operator key',
  responses: { 200: { description: 'Metrics', content: { 'text/plain': 'Prometheus’ text format' } } },
  problems: operatorProblems,
  async handle(context, services) {
    requireOperator(context, services);
    if (!services.metrics) throw new Problem('not-found');
    const { text, mediaType } = await services.metrics.expose();
    context.type = mediaType;
    context.body = text;
  },
};
