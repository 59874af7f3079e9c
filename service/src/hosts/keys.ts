import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { ask, type HttpRequest } from '#network/http-client.ts';
import { createConnections } from '#network/public-lookup.ts';
import type { Host } from './host.ts';

const bounds = { timeoutMs: 5_000, mostBytes: 1024 * 1024 };
/** For how long a host whose keys could not be fetched is not asked again, in milliseconds: anybody can send tokens. */
const pauseMs = 3_000;

/** Where a host's verification key comes from. */
export const createKeySource = ({ verification }: Host): JWTVerifyGetKey => {
  if ('secret' in verification) {
    const secret = new TextEncoder().encode(verification.secret);
    return async () => secret;
  }
  if ('jwks' in verification) return createLocalJWKSet(verification.jwks);
  const { jwksUri, allowPrivate } = verification;
  const fetchKeys = createFetch(createConnections(allowPrivate));
  return createRemoteJWKSet(new URL(jwksUri), { [customFetch]: fetchKeys });
};

/** As jose's own fetch, but bounded, and not tried again at once after it failed. */
const createFetch = (connections: HttpRequest['connections']) => {
  let failed: { at: number; cause: unknown } | undefined;
  return async (url: string): Promise<Response> => {
    if (failed && performance.now() - failed.at < pauseMs) {
      throw new Error('the host did not answer with its keys a moment ago', { cause: failed.cause });
    }
    try {
      const keys = await fetchKeySet(url, connections);
      failed = undefined;
      return keys;
    } catch (cause) {
      failed = { at: performance.now(), cause };
      throw cause;
    }
  };
};

const fetchKeySet = async (url: string, connections: HttpRequest['connections']): Promise<Response> => {
  const { status, body } = await ask({ url, headers: { accept: 'application/json' }, ...bounds, connections });
  if (status !== 200) throw new Error('the host does not answer with its keys');
  const keys: unknown = JSON.parse(body.toString());
  // Asked of here, so that an answer without keys counts as none.
  if (!Array.isArray(Object(keys).keys)) throw new Error('the host does not answer with a key set');
  return Response.json(keys);
};
