import type { SigningStore } from '#records/signing-store.ts';
import { createBacklog } from './backlog.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { createTries, type CountTry } from './tries.ts';

/** How much is taken before others are told to come again. */
export interface AdmissionLimits {
  /** Requests a second with tokens of one host. */
  hostRequestsPerSecond: number;
  /** Requests a second from one address. */
  addressRequestsPerSecond: number;
  /** Mebibytes of bodies in memory at once. */
  bodyMegabytes: number;
  /** Uploads that are read or wait to be. */
  uploads: number;
  eventStreams: number;
  unfinishedSignings: number;
}

/** What keeps the service from being overrun: each refuses with a Problem after which the same may be tried again. */
export interface Admission {
  limitHost: RateLimit;
  limitAddress: RateLimit;
  /** Of posts that are read, whether they are accepted or refused. */
  countTry: CountTry;
  /** In bytes. */
  bodies: Semaphore;
  uploads: Semaphore;
  streams: Semaphore;
  /** @throws Problem overloaded where too many signings are unfinished */
  requireShortBacklog(): Promise<void>;
}

const megabyte = 1024 * 1024;

export const createAdmission = (limits: AdmissionLimits, store: SigningStore): Admission => ({
  limitHost: createRateLimit({ perSecond: limits.hostRequestsPerSecond }),
  limitAddress: createRateLimit({ perSecond: limits.addressRequestsPerSecond }),
  countTry: createTries(),
  bodies: createSemaphore(limits.bodyMegabytes * megabyte),
  uploads: createSemaphore(limits.uploads),
  streams: createSemaphore(limits.eventStreams),
  requireShortBacklog: createBacklog(store, limits.unfinishedSignings),
});
