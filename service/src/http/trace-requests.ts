import type { Middleware } from 'koa';
import type { Tracer } from '#telemetry/tracer.ts';

/** A span a request, as OpenTelemetry's conventions for HTTP servers name it. */
export const createRequestTrace =
  (tracer: Tracer): Middleware =>
  (context, next) => {
    const { method } = context;
    const attributes = { 'http.request.method': method };
    const traceparent = context.get('traceparent');
    return tracer.trace({ name: method, kind: 'server', attributes, traceparent }, async (span) => {
      await next();
      const { route, problem } = context.state as { route?: string; problem?: string };
      if (route) span.rename(`${method} ${route}`);
      span.set({
        'http.response.status_code': context.status,
        ...(route && { 'http.route': route }),
        ...(problem && { 'tu_esign.problem': problem }),
      });
    });
  };
