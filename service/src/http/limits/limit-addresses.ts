import { isIP } from 'node:net';
import type { Context, Middleware } from 'koa';
import { toAddressKey } from './client-address.ts';
import type { RateLimit } from './rate-limit.ts';

/**
 * So many requests from one address, before anything of them is read. Who watches over the service is not
 * limited: an answer that it is alive must not depend on who else asks.
 */
export const createAddressLimit =
  (limit: RateLimit): Middleware =>
  async (context, next) => {
    if (!context.path.startsWith('/health/')) limit(toAddressKey(clientAddress(context)));
    await next();
  };

/** What a proxy forwarded may be anything; then the proxy itself counts. */
const clientAddress = ({ ip, socket }: Context): string => (isIP(ip) ? ip : (socket.remoteAddress ?? ''));
