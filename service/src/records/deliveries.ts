import { randomUUID } from 'node:crypto';
import type { NotificationType } from '@tu-esign/contract';
import type { Transaction } from 'kysely';
import type { Signing } from '#signing/signing.ts';
import type { Delivery, DeliveryStore } from './delivery-store.ts';
import { createDueRows, inFuture } from './due.ts';
import type { RecordsOptions } from './records.ts';
import { toDelivery, toDeliveryRow } from './rows.ts';
import type { Schema } from './schema.ts';

/** Inserts what the host is to be told, in the transaction of what happened. */
export const insertDeliveries = async (
  trx: Transaction<Schema>,
  { id, host }: Signing,
  { tell, options }: { tell: NotificationType[]; options: RecordsOptions },
): Promise<void> => {
  for (const type of tell) {
    const state = { state: 'pending', epoch: 0, attempts: 0, outcome: null } as const;
    const createdAt = options.now().getTime();
    const delivery: Delivery = { id: `msg_${randomUUID()}`, signingId: id, host, type, createdAt, ...state };
    const row = { ...toDeliveryRow(delivery), next_at: options.clock() };
    await trx.insertInto('deliveries').values(row).execute();
    await options.enqueue?.(trx, 'notify', delivery.id);
  }
};

export const createDeliveries = ({ db, clock, enqueue }: RecordsOptions): DeliveryStore => {
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
    async listByState(state, limit) {
      const query = db.selectFrom('deliveries').selectAll().where('state', '=', state).orderBy('created_at');
      return (await query.limit(limit).execute()).map(toDelivery);
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
        .set({ ...toDeliveryRow(saved), next_at })
        .where('id', '=', delivery.id)
        .where('epoch', '=', delivery.epoch)
        .executeTakeFirstOrThrow();
      return numUpdatedRows ? saved : undefined;
    },
  };
};
