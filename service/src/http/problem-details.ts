import type { Middleware } from 'koa';
import { problemPrefix } from '@tu-esign/contract';
import { toCause, type Log } from '#telemetry/log.ts';
import { Problem } from '#problem.ts';
import { askingHostOf } from '#http/request/bearer.ts';
import { requestIdOf } from '#http/request/request-id.ts';

/** The one place where problems become answers (RFC 9457). Any other error is a bug, whose cause only the log tells. */
export const createProblemDetails =
  (log: Log): Middleware =>
  async (context, next) => {
    try {
      await next();
      if (context.status === 404 && !context.body) throw new Problem('not-found');
      // 501: the router knows no address with this method (RFC 9110, 15.6.2 and 15.5.6)
      if (context.status === 405 || context.status === 501) throw new Problem('method-not-allowed');
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem('internal');
      const cause = problem === error ? problem.cause : error;
      if (problem.status >= 500) {
        log.error('a request failed', { request: requestIdOf(context), problem: problem.type, error: toCause(cause) });
      }
      const details = problem.toDetails(requestIdOf(context));
      context.state['problem'] = details.type.slice(problemPrefix.length);
      context.status = details.status;
      if (details.status === 401) context.set('www-authenticate', 'Bearer error="invalid_token"');
      const retryAfter = problem.retryAfterSeconds ?? (details.status === 503 ? 2 : undefined);
      if (retryAfter !== undefined) context.set('retry-after', String(retryAfter));
      const host = askingHostOf(context);
      context.body = JSON.stringify({ ...details, ...(host && { host }) });
      context.type = 'application/problem+json';
    }
  };
