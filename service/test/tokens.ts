import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { createHostKey, secret } from './host-keys.ts';

/** How a token differs from a good one; a claim or header that is undefined is left out. */
export interface TokenChanges {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: CryptoKey | Uint8Array;
}

export const bankKey = await createHostKey('bank-1');
export const origin = 'https://bank.example';

/** Words that may never be found in a log or a problem. */
export const signatory = {
  givenName: 'Xóchitl',
  paternalSurname: 'Ficticia',
  maternalSurname: 'Inventada',
  email: 'xochitl.ficticia@example.org',
  rfc: 'FIIX900101AB1',
};

export const bank = {
  id: 'bank',
  name: 'Banco de Ejemplo',
  issuer: 'https://bank.example',
  verification: { jwks: { keys: [bankKey.jwk] }, algorithms: ['ES256' as const] },
  origins: [origin],
  provider: 'embedded' as const,
};

/** Hosts of the tests: a bank with a key pair, a shop with a shared secret. */
export const hosts = [
  bank,
  {
    id: 'shop',
    name: 'Tienda de Ejemplo',
    issuer: 'https://shop.example',
    verification: { secret, algorithms: ['HS256' as const] },
    origins: ['https://shop.example'],
    provider: 'embedded' as const,
  },
];

/** Signs tokens as the bank does, for a service at this address. */
export const createTokens = (audience: string) => {
  const sign = (base: Record<string, unknown>, { claims, header, key }: TokenChanges): Promise<string> => {
    const iat = Math.floor(Date.now() / 1000);
    const registered = { iss: 'https://bank.example', aud: audience, iat, exp: iat + 300, jti: randomUUID() };
    return new SignJWT({ ...registered, ...base, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'bank-1', typ: 'JWT', ...header })
      .sign(key ?? bankKey.privateKey);
  };
  return {
    /** For a signatory's visit. */
    signing: (identifier: string, digest: string, changes: TokenChanges = {}): Promise<string> => {
      const document = { digest, name: 'Contrato de crédito.pdf' };
      return sign({ scope: 'signing', origin, identifier, document, signatory, locale: 'es-MX' }, changes);
    },
    /** For an upload, server to server. */
    documents: (changes: TokenChanges = {}): Promise<string> => sign({ scope: 'documents:write' }, changes),
    /** To ask for signings, server to server. */
    signings: (changes: TokenChanges = {}): Promise<string> => sign({ scope: 'signings' }, changes),
  };
};

/** Makes a token of the bank's one of the shop's. */
export const shopToken: TokenChanges = {
  claims: { iss: 'https://shop.example', origin: 'https://shop.example' },
  header: { alg: 'HS256', kid: undefined },
  key: new TextEncoder().encode(secret),
};
