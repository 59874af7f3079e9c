import Koa from 'koa';
import type { HostRegistry } from '#hosts/registry.ts';
import { createAddressLimit } from '#http/limits/address-limit.ts';
import { createAdmission, type AdmissionLimits } from '#http/limits/admission.ts';
import { createConnectionRules } from '#http/limits/connection.ts';
import { toCause, type Log } from '#telemetry/log.ts';
import type { Meter } from '#telemetry/meter.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { createCors } from './cors.ts';
import { createRequestLog, demandHttps, setSafeHeaders } from './every-request.ts';
import { openElementFiles, type ElementFiles } from './element-files.ts';
import { createProblemDetails } from './problem-details.ts';
import { nameRequest } from '#http/request/request-id.ts';
import { createRouter } from './router.ts';
import { routes, type RouteDeps } from './routes.ts';
import { createRequestTrace } from './trace-requests.ts';

/** What the application is given: what its endpoints need, and what concerns every request. */
export interface AppDeps extends Omit<RouteDeps, 'admission' | 'elementMissing'> {
  registry: HostRegistry;
  limits: Limits;
  log: Log;
  meter: Meter;
  tracer: Tracer;
  /** Folder of the element's CDN build; undefined where pages load it from elsewhere. */
  elementFolder: string | undefined;
  /** Whether browsers reach the service by https. */
  isHttps: boolean;
}

/** Sizes that are taken, in bytes, and pixels of an autograph. */
interface Limits extends AdmissionLimits {
  autographBytes: number;
  autographPixels: number;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: number;
}

/** The Koa application: one line a request in the log, problems as answers, and the routes. */
export const createApp = async (deps: AppDeps): Promise<Koa> => {
  const { limits, log } = deps;
  const element = await openElement(deps);
  const admission = createAdmission(limits, { store: deps.store, hosts: deps.registry.count });
  // Addresses in X-Forwarded-For are believed as far as trusted proxies wrote them, and no further.
  const app = new Koa({ proxy: limits.trustedProxies > 0, maxIpsCount: limits.trustedProxies });
  app.on('error', (error) => log.error('an answer was cut off', { error: toCause(error) }));
  if (deps.isHttps) app.use(demandHttps);
  app.use(nameRequest);
  app.use(createRequestTrace(deps.tracer));
  app.use(createRequestLog(deps));
  app.use(createConnectionRules(deps.draining));
  app.use(element.serve);
  app.use(setSafeHeaders);
  app.use(createProblemDetails(log));
  app.use(createCors(deps.registry));
  app.use(createAddressLimit(admission.limitAddress));
  const router = createRouter(routes, { ...deps, admission, elementMissing: element.missing });
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
};

/** A service without its element looks like one that works until a page asks for it: it is told at the start. */
const openElement = async ({ elementFolder, log }: AppDeps): Promise<ElementFiles> => {
  const element = await openElementFiles(elementFolder);
  if (element.missing) log.error(noElement, { folder: elementFolder! });
  return element;
};

const noElement =
  'there is no element in this folder: build it (npm ci && npm run build), or set TU_ESIGN_ELEMENT to where it is, or to nothing where pages load it from elsewhere; then start again';
