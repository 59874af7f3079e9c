import Koa from 'koa';
import { createAdmission, type AdmissionLimits } from '#http/limits/admission.ts';
import { createConnectionRules } from '#http/limits/connection.ts';
import { createWrongKeys } from '#http/operator/wrong-keys.ts';
import { toCause, type Log } from '#telemetry/log.ts';
import type { Meter } from '#telemetry/meter.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { nameRequest } from '#http/request/request-id.ts';
import { createRequestLog, setSafeHeaders } from './every-request.ts';
import { createProblemDetails } from './problem-details.ts';
import { createRouter } from './router.ts';
import { operatorRoutes, type OperatorRouteDeps } from './routes.ts';
import { createRequestTrace } from './trace-requests.ts';

export interface OperatorAppDeps extends Omit<OperatorRouteDeps, 'admission' | 'wrongKeys'> {
  limits: AdmissionLimits;
  draining: AbortSignal;
  log: Log;
  meter: Meter;
  tracer: Tracer;
}

/** The operator's endpoints, at an address of their own: no page of a browser's may ask them, and no proxy is believed. */
export const createOperatorApp = (deps: OperatorAppDeps): Koa => {
  const { log, limits, store } = deps;
  const app = new Koa();
  app.on('error', (error) => log.error('an answer was cut off', { error: toCause(error) }));
  app.use(nameRequest);
  app.use(createRequestTrace(deps.tracer));
  app.use(createRequestLog(deps));
  app.use(createConnectionRules(deps.draining));
  app.use(setSafeHeaders);
  app.use(createProblemDetails(log));
  const admission = createAdmission(limits, { store, hosts: () => 1 });
  const router = createRouter(operatorRoutes, { ...deps, admission, wrongKeys: createWrongKeys() });
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
};
