import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { ask } from '#network/http-client.ts';
import type { Host } from './host.ts';

const bounds = { timeoutMs: 5_000, mostBytes: 1024 * 1024 };

/** Where a host's verification key comes from. */
export const createKeySource = ({ verification }: Host): JWTVerifyGetKey => {
  if ('secret' in verification) {
    const secret = new TextEncoder().encode(verification.secret);
    return async () => secret;
  }
  if ('jwks' in verification) return createLocalJWKSet(verification.jwks);
  return createRemoteJWKSet(new URL(verification.jwksUri), { [customFetch]: fetchKeySet });
};

/** As jose's own fetch, but bounded. */
const fetchKeySet = async (url: string): Promise<Response> => {
  const { status, body } = await ask({ url, headers: { accept: 'application/json' }, ...bounds });
  if (status !== 200) throw new Error('the host does not answer with its keys');
  return Response.json(JSON.parse(body.toString()));
};
