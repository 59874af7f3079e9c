import { randomUUID } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { Key } from './key.ts';

/** Mints a token for the service: a JWT (RFC 7519) that lives five minutes; the element asks for the next. */
export type Mint = (claims: JWTPayload) => Promise<string>;

export interface MintOptions {
  key: Key;
  /** This host, as the service's hosts file names it. */
  issuer: string;
  /** Address of the service. */
  service: string;
}

export const createMint =
  ({ key, issuer, service }: MintOptions): Mint =>
  (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: key.id })
      .setIssuer(issuer)
      .setAudience(service)
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .setJti(randomUUID())
      .sign(key.privateKey);
