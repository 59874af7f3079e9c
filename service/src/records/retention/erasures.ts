import { randomUUID } from 'node:crypto';
import type { ErasureRequest, Retained } from '@tu-esign/contract';
import type { Selectable } from 'kysely';
import type { Signing } from '#signing/signing.ts';
import { forgetAgreement } from '#records/agreements/forget.ts';
import type { QueryDeps } from '#records/deps.ts';
import { defineRows, json } from '#records/rows.ts';
import type { Schema } from '#records/schema.ts';
import { comparable, toSigning } from '#records/signing-rows.ts';
import type { Deletion } from './retention.ts';

/** A host's wish to have a person's data erased. Times are milliseconds since the epoch. */
interface Wish {
  id: string;
  host: string;
  /** Whose; null once it is done. */
  subject: ErasureRequest | null;
  requestedAt: number;
  doneAt: number | null;
}

export interface Erasure extends Wish {
  /** What is there no more, each with its sealed note. */
  erased: Deletion[];
  /** What stays: known once it is done. */
  retained: Retained[];
}

export interface Erasures {
  /** Kept before anything is erased. */
  insert(host: string, subject: ErasureRequest): Promise<Erasure>;
  find(id: string): Promise<Erasure | undefined>;
  /** Ids of those that are not done, oldest first. */
  findOpen(limit: number): Promise<string[]>;
  /** All signings of the person, or of the agreement. */
  listOf(host: string, subject: ErasureRequest): Promise<Signing[]>;
  /** What the element was shown of an agreement, and that it was withdrawn: unless a signing of it stays. */
  forgetAgreement(host: string, identifier: string): Promise<void>;
  /** It is done: whose data it was is forgotten. */
  end(id: string, retained: Retained[]): Promise<void>;
  /** Whether there was such a signing of the host's, which has been deleted. */
  wasErased(host: string, signingId: string): Promise<boolean>;
}

type Row = Selectable<Schema['erasures']>;

const wishRows = defineRows<Row, Wish & { retained: Retained[] | null }>()({
  id: 'id',
  host: 'host',
  subject: json('subject_json'),
  requestedAt: 'requested_at',
  doneAt: 'done_at',
  retained: json('retained_json'),
});

export const createErasures = ({ db, now }: QueryDeps): Erasures => ({
  async insert(host, subject) {
    const wish = { id: randomUUID(), host, subject, requestedAt: now().getTime(), doneAt: null, retained: null };
    await db.insertInto('erasures').values(wishRows.toRow(wish)).execute();
    return { ...wish, erased: [], retained: [] };
  },
  async find(id) {
    const row = await db.selectFrom('erasures').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const query = db.selectFrom('deletions').selectAll().where('erasure_id', '=', id).orderBy('at').orderBy('id');
    const erased = (await query.execute()).map(({ id, at, record_json: record, seal }) => ({ id, at, record, seal }));
    const { retained, ...wish } = wishRows.fromRow(row);
    return { ...wish, erased, retained: retained ?? [] };
  },
  async findOpen(limit) {
    const query = db.selectFrom('erasures').select('id').where('done_at', 'is', null).orderBy('requested_at');
    return (await query.limit(limit).execute()).map(({ id }) => id);
  },
  async listOf(host, subject) {
    const query = db.selectFrom('signings').selectAll().where('host', '=', host);
    const wanted =
      'email' in subject
        ? query.where('email', '=', comparable(subject.email))
        : query.where('identifier', '=', subject.identifier);
    return (await wanted.orderBy('position', 'desc').execute()).map(toSigning);
  },
  forgetAgreement: (host, identifier) => db.transaction().execute((trx) => forgetAgreement(trx, { host, identifier })),
  async end(id, retained) {
    const row = { subject_json: null, done_at: now().getTime(), retained_json: JSON.stringify(retained) };
    await db.updateTable('erasures').set(row).where('id', '=', id).where('done_at', 'is', null).execute();
  },
  async wasErased(host, signingId) {
    const query = db.selectFrom('deletions').select('record_json').where('id', '=', signingId);
    const row = await query.executeTakeFirst();
    return row !== undefined && (JSON.parse(row.record_json) as { host: string }).host === host;
  },
});
