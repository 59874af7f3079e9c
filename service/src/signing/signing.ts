import type { Consent, ProblemType, SigningRequest, SigningStatus } from '@tu-esign/contract';

/** A file that was made: its SHA-256 and its size in bytes. */
export interface KeptFile {
  digest: string;
  bytes: number;
}

/** The conservation certificate, with what is told of it. */
export interface KeptConservation extends KeptFile {
  /** RFC 3339, UTC: genTime of the time-stamp token. */
  issuedAt: string;
  issuer: string;
  accredited: boolean;
}

/** The three outputs, each there once it is kept. */
export interface Outputs {
  document?: KeptFile;
  keyCertificate?: KeptFile;
  conservationCertificate?: KeptConservation;
}

/** The record: the truth about one signing. Times are milliseconds since the epoch. */
export interface Signing {
  id: string;
  /** Id of the host in the service's configuration. */
  host: string;
  /** The host's id of the process; names this signing together with the host. */
  identifier: string;
  /** `jti` of the token that was accepted. */
  jti: string;
  /** Digest of all that was posted: the same post again is recognised by it. */
  fingerprint: string;
  status: SigningStatus;
  /** Grows with every change; a change made with an older one is refused. */
  epoch: number;
  /** Tries of the step under way that ended without a result. */
  attempts: number;
  /** How often the provider, asked after a lost answer, knew of no signature. */
  lookups: number;
  createdAt: number;
  updatedAt: number;
  request: SigningRequest;
  consent: Consent | null;
  outputs: Outputs;
  problem: ProblemType | null;
  declineReason: string | null;
}

const after: Record<SigningStatus, readonly SigningStatus[]> = {
  accepted: ['submitting', 'failed'],
  // Back to accepted: it is certain that nothing was signed.
  submitting: ['accepted', 'submitting', 'signed', 'failed', 'review'],
  review: ['accepted', 'signed', 'failed'],
  signed: ['signed', 'conserved', 'failed'],
  conserved: ['conserved', 'completed'],
  completed: [],
  failed: [],
  declined: [],
};

/** The record as it is after a change of status; a change that leads nowhere is a bug. */
export const advanceTo = (signing: Signing, status: SigningStatus, change: Partial<Signing> = {}): Signing => {
  if (!after[signing.status].includes(status)) throw new Error(`no way from ${signing.status} to ${status}`);
  return { ...signing, attempts: 0, lookups: 0, ...change, status };
};

/** Nothing happens to it any more. */
export const isFinished = (status: SigningStatus): boolean => after[status].length === 0;

/** Statuses after which nothing happens any more. */
export const finishedStatuses = (Object.keys(after) as SigningStatus[]).filter(isFinished);

/** Where an output of a signing lies in the file store: by its digest, so that it is never overwritten. */
export const outputKey = (signingId: string, digest: string): string => `signings/${signingId}/${digest}`;

/** Where an uploaded agreement lies in the file store. */
export const documentKey = (host: string, digest: string): string => `documents/${host}/${digest}`;
