import type { SigningStatus } from '@tu-esign/contract';
import { sql } from 'kysely';
import type { Signing } from '#signing/signing.ts';
import type { QueryDeps } from '#records/deps.ts';
import { toSigning } from '#records/signing-rows.ts';
import type { Wanted } from '#records/signing-store.ts';
import { listOf } from './tell.ts';

const behind = ({ updatedAt, id }: NonNullable<Wanted['after']>) =>
  sql<boolean>`(updated_at, id) > (${updatedAt}, ${id})`;

export const createLists = ({ db }: Pick<QueryDeps, 'db'>) => ({
  listByIdentifier: (host: string, identifier: string): Promise<Signing[]> => listOf(db, { host, identifier }),
  async listByStatus(status: SigningStatus, limit: number, after?: Wanted['after']): Promise<Signing[]> {
    let query = db.selectFrom('signings').selectAll().where('status', '=', status);
    if (after) query = query.where(behind(after));
    return (await query.orderBy('updated_at').orderBy('id').limit(limit).execute()).map(toSigning);
  },
  async list({ host, identifier, status, from, before, after, limit }: Wanted): Promise<Signing[]> {
    let query = db.selectFrom('signings').selectAll().where('host', '=', host);
    if (identifier !== undefined) query = query.where('identifier', '=', identifier);
    if (status !== undefined) query = query.where('status', '=', status);
    if (from !== undefined) query = query.where('updated_at', '>=', from);
    if (before !== undefined) query = query.where('updated_at', '<', before);
    if (after) query = query.where(behind(after));
    return (await query.orderBy('updated_at').orderBy('id').limit(limit).execute()).map(toSigning);
  },
});
