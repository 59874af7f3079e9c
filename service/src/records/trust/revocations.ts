import { RevocationReason } from '@tu-esign/contract';
import type { QueryDeps } from '#records/deps.ts';
import type { Schema } from '#records/schema.ts';

/** A certificate that is revoked. Times are milliseconds since the epoch. */
interface Revoked {
  serialNumber: string;
  reason: RevocationReason;
  revokedAt: number;
  registeredAt: number;
}

/** What is revoked, by ids of issuers. */
export interface RevocationStore {
  list(issuer: string): Promise<Revoked[]>;
  find(issuer: string, serialNumber: string): Promise<Revoked | undefined>;
  /** The first word on a certificate stands. @returns what stands */
  revoke(issuers: readonly string[], revocation: Omit<Revoked, 'registeredAt'>): Promise<Revoked>;
}

const toRevoked = (row: Schema['revocations']): Revoked => ({
  serialNumber: row.serial_number,
  reason: RevocationReason.parse(row.reason),
  revokedAt: row.revoked_at,
  registeredAt: row.registered_at,
});

export const createRevocations = ({ db, now }: QueryDeps): RevocationStore => {
  const select = (issuer: string) => db.selectFrom('revocations').selectAll().where('issuer', '=', issuer);
  const find: RevocationStore['find'] = async (issuer, serialNumber) => {
    const row = await select(issuer).where('serial_number', '=', serialNumber).executeTakeFirst();
    return row && toRevoked(row);
  };
  return {
    find,
    list: async (issuer) => (await select(issuer).orderBy('registered_at').execute()).map(toRevoked),
    async revoke(issuers, { serialNumber, reason, revokedAt }) {
      const told = { serial_number: serialNumber, reason, revoked_at: revokedAt, registered_at: now().getTime() };
      await db
        .insertInto('revocations')
        .values(issuers.map((issuer) => ({ issuer, ...told })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await find(issuers[0]!, serialNumber))!;
    },
  };
};
