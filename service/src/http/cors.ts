import type { Context, Middleware } from 'koa';
import type { HostRegistry } from '#hosts/registry.ts';
import { Problem } from '#problem.ts';

/**
 * Cross-origin rules by exact origin, without cookies (Fetch, 3.2). A preflight carries no token, so any registered
 * host's origin passes here; whether it is the origin in the token is checked once there is one.
 */
export const createCors =
  (registry: HostRegistry): Middleware =>
  async (context, next) => {
    context.vary('Origin');
    const origin = context.get('origin');
    const known = registry.knowsOrigin(origin);
    if (known) {
      context.set('access-control-allow-origin', origin);
      context.set('access-control-expose-headers', 'location, retry-after, content-disposition, request-id');
    }
    if (context.method === 'OPTIONS') answerPreflight(context, known);
    else await next();
  };

const answerPreflight = (context: Context, known: boolean): void => {
  if (!known) throw new Problem('origin-mismatch', 'No host of this service lists this origin');
  context.set('access-control-allow-methods', 'GET, POST');
  context.set('access-control-allow-headers', 'authorization, content-type');
  context.set('access-control-max-age', '7200');
  context.status = 204;
};
