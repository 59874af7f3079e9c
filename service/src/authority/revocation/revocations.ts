import type { RevocationReason } from '@tu-esign/contract';

/** A certificate that is not to be believed from a time on. Times are milliseconds since the epoch. */
export interface Revocation {
  /** As hexadecimal digits, in lower case and without zeros before. */
  serialNumber: string;
  reason: RevocationReason;
  revokedAt: number;
  /** When the service was told. */
  registeredAt: number;
}

/** What was revoked, by the issuer's id. */
export interface Revocations {
  list(issuer: string): Promise<readonly Revocation[]>;
  find(issuer: string, serialNumber: string): Promise<Revocation | undefined>;
}

/** Where nothing is ever revoked. */
export const noRevocations: Revocations = {
  list: async () => [],
  find: async () => undefined,
};

/** How they are written (RFC 5280, 5.3.1). */
export const reasonCodes: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  'key-compromise': 1,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
};

/** Of an INTEGER, or of its contents; see Revocation. */
export const toSerialNumber = (contents: Uint8Array): string =>
  Buffer.from(contents)
    .toString('hex')
    .replace(/^0+(?=.)/, '');
