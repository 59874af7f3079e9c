import type { ConservationAuthority } from '#conservation/authority.ts';
import type { Provider } from '#providers/provider.ts';
import type { Signing } from '#signing/signing.ts';
import type { FileStore } from '#storage/file-store.ts';
import type { SigningStore } from '#storage/signing-store.ts';

/** What the steps work with. */
export interface Neighbours {
  store: SigningStore;
  files: FileStore;
  /** The provider of a host. */
  readonly providerOf: (hostId: string) => Provider;
  conservation: ConservationAuthority;
}

/**
 * One step: from a record that was claimed to the record as saved. Undefined: somebody else has it now, or
 * it is finished.
 */
export type Step = (signing: Signing, neighbours: Neighbours, pass: Pass) => Promise<Signing | undefined>;

/** How a step is come to. */
export interface Pass {
  /** True where the step before was taken just now, in this process: nothing can have been lost in between. */
  straight: boolean;
}

/** For how long a claimed record is left alone by others. Longer than any step may take. */
export const leaseMs = 120_000;
