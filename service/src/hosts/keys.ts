import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { fetchJson } from '#network/http-client.ts';
import type { Host } from './host.ts';

/** Where a host's verification key comes from. */
export const createKeySource = ({ verification }: Host): JWTVerifyGetKey => {
  if ('secret' in verification) {
    const secret = new TextEncoder().encode(verification.secret);
    return async () => secret;
  }
  if ('jwks' in verification) return createLocalJWKSet(verification.jwks);
  return createRemoteJWKSet(new URL(verification.jwksUri), {
    [customFetch]: async (url) => Response.json(await fetchJson(url, 5_000)),
  });
};
