import type { Middleware } from 'koa';
import type { Log } from '#telemetry/log.ts';
import type { Meter } from '#telemetry/meter.ts';
import { requestIdOf } from '#http/request/request-id.ts';

/** What concerns every request. */
interface RequestLogDeps {
  log: Log;
  meter: Meter;
}

/** One line a request in the log. */
export const createRequestLog =
  ({ log, meter }: RequestLogDeps): Middleware =>
  async (context, next) => {
    const startedAt = performance.now();
    await next();
    const { method, status, state } = context;
    const durationMs = performance.now() - startedAt;
    meter.answered({ method, status, route: state['route'] ?? 'none' }, durationMs / 1000);
    const request = requestIdOf(context);
    const known = { request, route: state['route'] ?? 'none', ...(state['problem'] && { problem: state['problem'] }) };
    log.info('answered', { method, status, durationMs: Math.round(durationMs), ...known });
  };

/** Browsers are to come by https from now on (RFC 6797), for a year; other names of the domain are not ours to speak for. */
export const demandHttps: Middleware = async (context, next) => {
  context.set('strict-transport-security', 'max-age=31536000');
  await next();
};

/** Answers hold what is one person's alone: they are not to be cached, sniffed, framed or run. */
export const setSafeHeaders: Middleware = async (context, next) => {
  context.set('cache-control', 'no-store');
  context.set('x-content-type-options', 'nosniff');
  context.set('referrer-policy', 'no-referrer');
  // Pages read by CORS, which this does not concern; nobody embeds an answer.
  context.set('cross-origin-resource-policy', 'same-origin');
  context.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  await next();
};
