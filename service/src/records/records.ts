import { createDeliveries, type DeliveryStore } from './deliveries.ts';
import type { QueryDeps } from './deps.ts';
import { createErasures, type Erasures } from './retention/erasures.ts';
import { createRenewalStore, type RenewalStore } from './renewal/renewals.ts';
import { createRevocations, type RevocationStore } from './trust/revocations.ts';
import { createNamedFiles, type NamedFiles } from './retention/named-files.ts';
import { createRetention, type RetentionStore } from './retention/retention.ts';
import type { SigningStore } from './signing-store.ts';
import { createSignings } from './signings.ts';

/** Everything in the database. */
export interface Records {
  signings: SigningStore;
  deliveries: DeliveryStore;
  retention: RetentionStore;
  erasures: Erasures;
  namedFiles: NamedFiles;
  revocations: RevocationStore;
  renewals: RenewalStore;
  close(): Promise<void>;
}

export const createRecords = (deps: QueryDeps): Records => ({
  signings: createSignings(deps),
  deliveries: createDeliveries(deps),
  retention: createRetention(deps),
  erasures: createErasures(deps),
  namedFiles: createNamedFiles(deps),
  revocations: createRevocations(deps),
  renewals: createRenewalStore(deps),
  close: () => deps.db.destroy(),
});
