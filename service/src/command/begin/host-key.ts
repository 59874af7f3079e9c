import { generateKeyPairSync } from 'node:crypto';

/** A host's key pair, for ES256: the private half in PEM, the public one as a JWK. */
export const createHostKey = (kid: string): { pem: string; jwk: object } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  return { pem: privateKey.export({ format: 'pem', type: 'pkcs8' }), jwk };
};
