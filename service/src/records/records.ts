import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Seal } from '#signing/seal.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { createDeliveries } from './deliveries.ts';
import type { RetentionStore } from './retention-store.ts';
import { createRetention } from './retention.ts';
import type { Schema } from './schema.ts';
import type { SigningStore } from './signing-store.ts';
import { createSignings } from './signings.ts';

/** Everything in the database. */
export interface Records {
  signings: SigningStore;
  deliveries: DeliveryStore;
  retention: RetentionStore;
  close(): Promise<void>;
}

/** Wakes a worker for a row, in the transaction that inserts it. */
export type Enqueue = (trx: Transaction<Schema>, work: 'advance' | 'notify', id: string) => Promise<void>;

/** What every database is given. */
export interface RecordsNeighbours {
  /** The service's clock, for what is told to people. */
  now: () => Date;
  /** Signs evidence. */
  seal: Seal;
  enqueue?: Enqueue;
}

export interface RecordsOptions extends RecordsNeighbours {
  db: Kysely<Schema>;
  /** The clock that leases end by, in milliseconds. */
  clock: () => RawBuilder<number>;
  /** What a query ends in that shares its rows with others of its kind, and with nobody who deletes them. */
  forShare: RawBuilder<unknown>;
}

/** The queries, the same for every database. */
export const createRecords = (options: RecordsOptions): Records => ({
  signings: createSignings(options),
  deliveries: createDeliveries(options),
  retention: createRetention(options),
  close: () => options.db.destroy(),
});
