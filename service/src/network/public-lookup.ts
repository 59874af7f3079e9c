import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpRequest } from './http-client.ts';
import { isPublicAddress, literalOf } from './public-address.ts';

/** The target is this machine or a private network, which is not allowed (OWASP ASVS 5.0, 1.3.6). */
export class TargetRefusedError extends Error {
  override name = 'TargetRefusedError';
  readonly code = 'TARGET_REFUSED';
}

/** @throws TargetRefusedError where the URL holds such an IP address in place of a name, which is never looked up */
export const refusePrivateLiteral = (url: string): void => {
  const literal = literalOf(url);
  if (literal !== undefined && !isPublicAddress(literal)) throw new TargetRefusedError();
};

/** All addresses of a name, as `dns.lookup` gives them. */
export type Resolve = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks a name up, and refuses it if any of its addresses is private. The socket connects to the address that was checked
 * here, without a second look-up, to which the name might answer otherwise (DNS rebinding).
 */
export const createPublicLookup =
  (resolve: Resolve = lookup): LookupFunction =>
  (hostname, { all }, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new TargetRefusedError(), []);
      }
      return all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

/** Whether such an address, as an operator configures it, may be asked; a name is looked up and checked each time. */
export const isOpenTarget = (url: string): boolean => {
  const literal = URL.canParse(url) ? literalOf(url) : undefined;
  return literal === undefined || isPublicAddress(literal);
};

/**
 * Connections to servers that the hosts file names: to public addresses alone, unless their entry allows others. They are
 * kept apart from all others, since a connection that something else has opened to the same name was not checked here.
 */
export const createConnections = (allowPrivate: boolean, resolve?: Resolve): HttpRequest['connections'] => {
  if (allowPrivate) return undefined;
  const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  return { agent, dnsLookup: createPublicLookup(resolve) };
};
