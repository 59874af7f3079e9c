import { Router } from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { createConnectionRules } from '#http/limits/connection.ts';
import { createCors } from './cors.ts';
import { openElementFiles, type ElementFiles } from '#http/endpoints/element-files.ts';
import { createIntake } from '#http/limits/intake.ts';
import { createAddressLimit } from '#http/limits/limit-addresses.ts';
import { createProblemDetails } from './problem-details.ts';
import { routes } from './routes.ts';
import { createRequestTrace } from './trace-requests.ts';
import type { Neighbours, Services } from './services.ts';
import { toCause } from '#telemetry/log.ts';

/** The Koa application: one line a request in the log, problems as answers, and the routes. */
export const createApp = async (neighbours: Neighbours): Promise<Koa> => {
  const { limits, store } = neighbours;
  const element = await openElement(neighbours);
  const services: Services = { ...neighbours, intake: createIntake(limits, store), elementMissing: element.missing };
  // What a proxy before the trusted ones says of itself is not believed.
  const app = new Koa({ proxy: limits.trustedProxies > 0, maxIpsCount: limits.trustedProxies });
  app.on('error', (error) => services.log.error('an answer was cut off', { error: toCause(error) }));
  app.use(createRequestTrace(services.tracer));
  app.use(createRequestLog(services));
  app.use(createConnectionRules(services.draining));
  app.use(element.serve);
  app.use(setSafeHeaders);
  app.use(createProblemDetails(services.log));
  app.use(createCors(services.registry));
  app.use(createAddressLimit(services.intake.limitAddress));
  const router = createRouter(services);
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
};

/** A service without its element looks like one that works until a page asks for it: it is told at the start. */
const openElement = async ({ elementFolder, log }: Neighbours): Promise<ElementFiles> => {
  const element = await openElementFiles(elementFolder);
  if (element.missing) log.error(noElement, { folder: elementFolder! });
  return element;
};

const noElement =
  'there is no element in this folder: build it (npm ci && npm run build), or set TU_ESIGN_ELEMENT to where it is, or to nothing where pages load it from elsewhere; then start again';

const createRouter = (services: Services): Router => {
  const router = new Router();
  for (const route of routes) {
    router[route.method](route.path, async (context) => {
      context.state['route'] = route.path;
      await route.handle(context, services);
    });
  }
  return router;
};

const createRequestLog =
  ({ log, meter }: Services): Middleware =>
  async (context, next) => {
    const startedAt = performance.now();
    await next();
    const { method, status, state } = context;
    const durationMs = performance.now() - startedAt;
    meter.answered({ method, status, route: state['route'] ?? 'none' }, durationMs / 1000);
    const known = { route: state['route'] ?? 'none', ...(state['problem'] && { problem: state['problem'] }) };
    log.info('answered', { method, status, durationMs: Math.round(durationMs), ...known });
  };

/** Answers hold what is one person's alone: nobody keeps, sniffs or runs them. */
const setSafeHeaders: Middleware = async (context, next) => {
  context.set('cache-control', 'no-store');
  context.set('x-content-type-options', 'nosniff');
  context.set('referrer-policy', 'no-referrer');
  context.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  await next();
};
