import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { Metrics } from '#telemetry/metrics.ts';
import { operatorProblems, requireOperator, type OperatorDeps } from './operator.ts';

export interface GetMetricsDeps extends OperatorDeps {
  /** Undefined where nobody may read them. */
  metrics: Metrics | undefined;
}

/** For Prometheus, with the operator's key as its credentials. */
export const getMetrics: Route<GetMetricsDeps> = {
  method: 'get',
  path: '/metrics',
  summary: 'Read metrics',
  security: 'operator key',
  responses: { 200: { description: 'Metrics', content: { 'text/plain': 'Prometheus’ text format' } } },
  problems: operatorProblems,
  async handle(context, deps) {
    requireOperator(context, deps);
    if (!deps.metrics) throw new Problem('not-found');
    const { text, mediaType } = await deps.metrics.expose();
    context.type = mediaType;
    context.body = text;
  },
};
