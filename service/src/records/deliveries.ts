import { randomUUID } from 'node:crypto';
import type { DeliveryState, NotificationType, StateThen } from '@tu-esign/contract';
import { sql, type Selectable, type Transaction } from 'kysely';
import type { QueryDeps } from './deps.ts';
import { createDueRows, inFuture } from './due.ts';
import { defineRows, json } from './rows.ts';
import type { Schema } from './schema.ts';

/** One notification for a host, kept until it has arrived, and when it was given up. */
export interface Delivery {
  /** Names the notification for its receiver, however often it is sent. */
  id: string;
  /** Null where it is about an agreement that nobody has come to sign. */
  signingId: string | null;
  host: string;
  identifier: string;
  type: NotificationType;
  state: DeliveryState;
  epoch: number;
  /** Tries that ended without success. */
  attempts: number;
  /** When that happened of which it tells: milliseconds since the epoch. */
  createdAt: number;
  /** How the last try ended: a status, or why there was none. */
  outcome: string | null;
  /** How things stood when it happened; null where an older release told of it. */
  stateThen: StateThen | null;
}

/** The deliveries; they are inserted with the change they tell of. */
export interface DeliveryStore {
  find(id: string): Promise<Delivery | undefined>;
  /** Of one signing, oldest first. */
  list(signingId: string): Promise<Delivery[]>;
  /** Oldest first. */
  listByState(state: DeliveryState, limit: number, after?: Pick<Delivery, 'createdAt' | 'id'>): Promise<Delivery[]>;
  /** Makes all of one signing due now, as if none had been tried; fenced against tries under way. */
  sendAgain(signingId: string): Promise<Delivery[]>;
  findDue(limit: number): Promise<string[]>;
  /** Takes a delivery that is due, for a while; undefined where it is not due or somebody else was faster. */
  claim(id: string, leaseMs: number): Promise<Delivery | undefined>;
  /**
   * Fenced by the epoch.
   * @param dueInMs when to look at it again; null: never
   * @returns undefined where another change came first
   */
  save(delivery: Delivery, dueInMs: number | null): Promise<Delivery | undefined>;
  /** Milliseconds until it is due; null where it is not waited for. */
  dueInMs(id: string): Promise<number | null>;
  /** How many are due. */
  countDue(): Promise<number>;
  makeAllDue(): Promise<void>;
}

type DeliveryRow = Selectable<Schema['deliveries']>;

const deliveryRows = defineRows<DeliveryRow, Delivery>()({
  id: 'id',
  signingId: 'signing_id',
  host: 'host',
  identifier: 'identifier',
  type: 'type',
  state: 'state',
  epoch: 'epoch',
  attempts: 'attempts',
  createdAt: 'created_at',
  outcome: 'outcome',
  stateThen: json('state_then_json'),
});

const toDelivery = (row: DeliveryRow): Delivery => deliveryRows.fromRow(row);

/** What a notification is about. */
export type About = Pick<Delivery, 'signingId' | 'host' | 'identifier' | 'stateThen'>;

/** Inserts what the host is to be told, in the transaction of what happened. */
export const insertDeliveries = async (
  trx: Transaction<Schema>,
  about: About,
  { tell, deps }: { tell: readonly NotificationType[]; deps: QueryDeps },
): Promise<void> => {
  for (const type of tell) {
    const state = { state: 'pending', epoch: 0, attempts: 0, outcome: null } as const;
    const createdAt = deps.now().getTime();
    const delivery: Delivery = { id: `msg_${randomUUID()}`, ...about, type, createdAt, ...state };
    const row = { ...deliveryRows.toRow(delivery), next_at: deps.clock() };
    await trx.insertInto('deliveries').values(row).execute();
    await deps.enqueue?.(trx, 'notify', delivery.id);
  }
};

export const createDeliveries = ({ db, clock, enqueue }: QueryDeps): DeliveryStore => {
  const due = createDueRows({ db, clock, table: 'deliveries' });
  return {
    findDue: due.findDue,
    dueInMs: due.dueInMs,
    makeAllDue: due.makeAllDue,
    countDue: due.countDue,
    async find(id) {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toDelivery(row);
    },
    async list(signingId) {
      const query = db.selectFrom('deliveries').selectAll().where('signing_id', '=', signingId).orderBy('created_at');
      return (await query.execute()).map(toDelivery);
    },
    async listByState(state, limit, after) {
      let query = db.selectFrom('deliveries').selectAll().where('state', '=', state);
      if (after) query = query.where(sql<boolean>`(created_at, id) > (${after.createdAt}, ${after.id})`);
      return (await query.orderBy('created_at').orderBy('id').limit(limit).execute()).map(toDelivery);
    },
    sendAgain: (signingId) =>
      db.transaction().execute(async (trx) => {
        const query = trx
          .updateTable('deliveries')
          .set(({ eb }) => ({ state: 'pending', attempts: 0, epoch: eb('epoch', '+', 1), next_at: clock() }))
          .where('signing_id', '=', signingId);
        const rows = await query.returningAll().execute();
        for (const { id } of rows) await enqueue?.(trx, 'notify', id);
        return rows.map(toDelivery).sort((one, other) => one.createdAt - other.createdAt);
      }),
    async claim(id, leaseMs) {
      const row = await due.claim(id, leaseMs);
      return row && toDelivery(row);
    },
    async save(delivery, dueInMs) {
      const saved = { ...delivery, epoch: delivery.epoch + 1 };
      const next_at = dueInMs === null ? null : inFuture(clock, dueInMs);
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ ...deliveryRows.toRow(saved), next_at })
        .where('id', '=', delivery.id)
        .where('epoch', '=', delivery.epoch)
        .executeTakeFirstOrThrow();
      return numUpdatedRows ? saved : undefined;
    },
  };
};
