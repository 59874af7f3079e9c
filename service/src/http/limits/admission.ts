import type { SigningStore } from '#records/signing-store.ts';
import { createBacklog } from './backlog.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { createTries, type CountTry } from './tries.ts';
import { createTurns, type Turns } from './turns.ts';

/** How much is taken before others are told to come again. */
export interface AdmissionLimits {
  /** Requests a second with tokens of one host. */
  hostRequestsPerSecond: number;
  /** Requests a second from one address. */
  addressRequestsPerSecond: number;
  /** Mebibytes of bodies in memory at once. */
  bodyMegabytes: number;
  /** Of the largest agreement. */
  documentBytes: number;
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
  /** In bytes, as they are received. */
  bodies: Semaphore;
  uploads: Semaphore;
  /** Of uploads to be read. */
  turns: Turns;
  streams: Semaphore;
  /** @throws Problem overloaded where too many signings are unfinished */
  requireShortBacklog(): Promise<void>;
}

const megabyte = 1024 * 1024;

export interface AdmissionDeps {
  store: SigningStore;
  /** How many hosts there are at the moment. */
  readonly hosts: () => number;
}

/** What one host may have of anything: all of it where there is no other, else half. */
const shareOf = (most: number, hosts: () => number) => (): number => (hosts() > 1 ? Math.ceil(most / 2) : most);

/** Uploads that are read at once. */
export const uploadTurns = 2;

export const createAdmission = (limits: AdmissionLimits, { store, hosts }: AdmissionDeps): Admission => {
  const share = (most: number) => createSemaphore({ most, mostEach: shareOf(most, hosts) });
  return {
    limitHost: createRateLimit({ perSecond: limits.hostRequestsPerSecond }),
    limitAddress: createRateLimit({ perSecond: limits.addressRequestsPerSecond }),
    countTry: createTries(),
    bodies: createBodies(limits, hosts),
    uploads: share(limits.uploads),
    turns: createTurns(shareOf(uploadTurns, hosts)),
    streams: share(limits.eventStreams),
    requireShortBacklog: createBacklog(store, limits.unfinishedSignings),
  };
};

/** The largest body there may be can always come, whatever is configured. */
const createBodies = ({ bodyMegabytes, documentBytes }: AdmissionLimits, hosts: () => number): Semaphore => {
  const most = Math.max(bodyMegabytes * megabyte, documentBytes);
  const share = shareOf(most, hosts);
  return createSemaphore({ most, mostEach: () => Math.max(share(), documentBytes) });
};
