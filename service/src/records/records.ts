import { createDeliveries, type DeliveryStore } from './deliveries.ts';
import type { QueryDeps } from './deps.ts';
import { createRetention, type RetentionStore } from './retention.ts';
import type { SigningStore } from './signing-store.ts';
import { createSignings } from './signings.ts';

/** Everything in the database. */
export interface Records {
  signings: SigningStore;
  deliveries: DeliveryStore;
  retention: RetentionStore;
  close(): Promise<void>;
}

export const createRecords = (deps: QueryDeps): Records => ({
  signings: createSignings(deps),
  deliveries: createDeliveries(deps),
  retention: createRetention(deps),
  close: () => deps.db.destroy(),
});
