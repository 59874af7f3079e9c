import type { NotificationType } from '@tu-esign/contract';
import type { ConservationAuthority } from '#conservation/authority.ts';
import type { Provider } from '#providers/provider.ts';
import type { VerifyDocument, VerifyKeyCertificate } from '@tu-esign/verifier/verdicts/findings.ts';
import type { Signing } from '#signing/signing.ts';
import type { FileStore } from '#files/file-store.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { Lease } from './lease.ts';

/** What the steps work with. */
export interface Neighbours {
  store: SigningStore;
  files: FileStore;
  /** The provider of a host. */
  readonly providerOf: (hostId: string) => Provider;
  /** Who conserves what a host has signed. */
  readonly conservationOf: (hostId: string) => ConservationAuthority;
  verifyDocument: VerifyDocument;
  verifyKeyCertificate: VerifyKeyCertificate;
  /** Of what happened, what a host wants to be told. */
  readonly toTell: (hostId: string, type: NotificationType) => NotificationType[];
  now: () => Date;
  /** For how long a document that was taken, or a further output, is asked for, in milliseconds. */
  readonly outputDeadlineMs: number;
}

/**
 * One step: from a record that was claimed to the record as saved. Undefined: somebody else has it now, or
 * nothing is to be done for the time being.
 */
export type Step = (signing: Signing, neighbours: Neighbours, pass: Pass) => Promise<Signing | undefined>;

/** How a step is come to. */
export interface Pass {
  /** True where the step before was taken just now, in this process: nothing can have been lost in between. */
  straight: boolean;
  lease: Lease;
}
