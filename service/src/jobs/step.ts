import type { NotificationType } from '@tu-esign/contract';
import type { VerifyDocument, VerifyKeyCertificate } from '@tu-esign/verifier/verdicts/findings.ts';
import type { ConservationAuthority } from '#conservation/authority.ts';
import type { FileStore } from '#files/file-store.ts';
import type { Provider } from '#providers/provider.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { Observation } from '#signing/evidence.ts';
import type { KeptFile, Signing, Standing } from '#signing/signing.ts';
import type { Failure } from './failure.ts';
import type { Lease } from './lease.ts';

/** What the steps work with. */
export interface Deps {
  store: SigningStore;
  files: FileStore;
  /** The provider of a host. */
  readonly providerOf: (hostId: string) => Provider;
  /** Who conserves what a host has signed. */
  readonly conservationOf: (hostId: string) => ConservationAuthority;
  verifyDocument: VerifyDocument;
  verifyKeyCertificate: VerifyKeyCertificate;
  /** Of notifications of what happened, those that the host wants. */
  readonly notificationsFor: (hostId: string, ...types: readonly NotificationType[]) => NotificationType[];
  now: () => Date;
  /** For how long a document that was taken, or a further output, is asked for, in milliseconds. */
  readonly outputDeadlineMs: number;
}

/** What a host is to be told of an agreement, should this signing end it: completed, or ended in another way. */
export const newsOfAgreement = ['agreement.completed', 'agreement.ended'] as const;

/** Takes a record that was claimed one step further. */
export type Step = (signing: Signing, deps: Deps, circumstances: StepCircumstances) => Promise<StepResult>;

/**
 * The record as saved, or why there is none. Undefined: another worker has it now, or there is nothing to do for the
 * time being.
 */
export type StepResult = Signing | Failure | undefined;

export const isFailure = (result: StepResult): result is Failure => result !== undefined && 'kind' in result;

export interface StepCircumstances {
  /** Whether this process has just taken the step before: then nothing can have been lost in between. */
  sameProcess: boolean;
  lease: Lease;
}

/** An output that came, and what was found of it. */
export interface ReceivedOutput<Kept extends KeptFile = KeptFile> {
  /** Absent where it must not be kept. */
  kept?: Kept;
  standing: Standing;
  observations: Observation[];
}
