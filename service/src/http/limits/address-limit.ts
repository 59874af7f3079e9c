import { isIP, isIPv6 } from 'node:net';
import type { Context, Middleware } from 'koa';
import type { RateLimit } from './rate-limit.ts';

/**
 * Limits requests by the address they come from, before anything of them is read. Questions after the service's health
 * are not limited: behind one proxy, whether it is alive must not depend on how much others ask.
 */
export const createAddressLimit =
  (limit: RateLimit): Middleware =>
  async (context, next) => {
    if (!context.path.startsWith('/health/')) limit(toAddressKey(clientAddress(context)));
    await next();
  };

/** Where what a proxy forwarded is no IP address, the proxy's own counts. */
const clientAddress = ({ ip, socket }: Context): string => (isIP(ip) ? ip : (socket.remoteAddress ?? ''));

/**
 * What stands for the client in counts, from an IP address: IPv6 by its first 64 bits, since one person has
 * all of those (RFC 6177); IPv4 mapped into IPv6 as what it is.
 */
export const toAddressKey = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after = ''] = address.replace(/%.*$/, '').split('::');
  const [head, tail] = [before, after].map((groups) => groups.split(':').filter(Boolean)) as [string[], string[]];
  // An IPv4 address at the end stands for two groups.
  const missing = 8 - head.length - tail.length - (address.includes('.') ? 1 : 0);
  const groups = address.includes('::') ? [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail] : head;
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};
