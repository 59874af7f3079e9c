import { exportJWK, exportSPKI, generateKeyPair } from 'jose';

/** A key pair of a host's, ES256, in the forms that hosts and attackers use. */
export const createHostKey = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kty: 'EC', kid };
  return { privateKey, jwk, pem: await exportSPKI(publicKey) };
};

export const secret = 'a shared secret of forty characters, long';
