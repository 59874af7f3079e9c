import type { SigningStore } from '#records/signing-store.ts';
import { createAllowance, type Allowance } from './allowance.ts';
import { createBacklog } from './backlog.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createTries, type CountTry } from './tries.ts';

/** How much is taken before others are told to come again. */
export interface IntakeLimits {
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

/** What keeps the service from being overrun: each refuses with a Problem that may be tried again. */
export interface Intake {
  limitHost: RateLimit;
  limitAddress: RateLimit;
  /** Of posts that are read, whatever becomes of them. */
  countTry: CountTry;
  /** In bytes. */
  bodies: Allowance;
  uploads: Allowance;
  streams: Allowance;
  /** @throws Problem overloaded where too many signings are unfinished */
  requireRoom(): Promise<void>;
}

const megabyte = 1024 * 1024;

export const createIntake = (limits: IntakeLimits, store: SigningStore): Intake => ({
  limitHost: createRateLimit({ perSecond: limits.hostRequestsPerSecond }),
  limitAddress: createRateLimit({ perSecond: limits.addressRequestsPerSecond }),
  countTry: createTries(),
  bodies: createAllowance(limits.bodyMegabytes * megabyte),
  uploads: createAllowance(limits.uploads),
  streams: createAllowance(limits.eventStreams),
  requireRoom: createBacklog(store, limits.unfinishedSignings),
});
