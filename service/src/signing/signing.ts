import type {
  Consent,
  ConservationOutput,
  ProblemType,
  SignatureLevel,
  SigningRequest,
  SigningStatus,
} from '@tu-esign/contract';
import type { Findings } from '@tu-esign/verifier/verdicts/findings.ts';

/** A file that was made: its SHA-256 and its size in bytes. */
export interface KeptFile {
  digest: string;
  bytes: number;
  /** Absent: the one that the output always had. */
  mediaType?: string;
}

export interface KeptDocument extends KeptFile {
  /** Absent: as many as the agreement has. */
  pages?: number;
  /** The lowest level of the signatures of those who signed here, as it was found. */
  level?: SignatureLevel;
}

/** The conservation certificate, with what is told of it. */
export interface KeptConservation extends KeptFile {
  /** RFC 3339, UTC: genTime of the time-stamp token. */
  issuedAt: string;
  issuer: string;
  accredited: boolean;
  /** What it is of; absent or null: see its findings. */
  conserves?: NonNullable<ConservationOutput['conserves']> | null;
}

/** The files, each there once it is kept. */
export interface Outputs {
  document?: KeptDocument;
  keyCertificate?: KeptFile;
  conservationCertificate?: KeptConservation;
  /** What a provider said is the signed document, and was not believed: for the person who reviews it. */
  doubted?: KeptFile;
}

/** What is known of an output besides its file. */
export interface Standing {
  /** How often it was asked for in vain. */
  asked?: number;
  findings?: Findings;
  /** Why it failed. */
  problem?: ProblemType | undefined;
  /** The neighbour's own code for it, where it gave one. */
  code?: string | undefined;
}

/** What a signatory signs. */
export interface InputDocument {
  digest: string;
  /** The signing of the signatory before, whose signed document it is; null: the agreement. */
  signingId: string | null;
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
  input: InputDocument;
  /** Since when the provider is known to have taken the order: it is only asked for the document from then on. */
  takenAt: number | null;
  /** Since when the signed document is kept. */
  signedAt: number | null;
  consent: Consent | null;
  outputs: Outputs;
  standings: Partial<Record<Exclude<keyof Outputs, 'doubted'>, Standing>>;
  problem: ProblemType | null;
  declineReason: string | null;
}

const after: Record<SigningStatus, readonly SigningStatus[]> = {
  accepted: ['submitting', 'failed', 'withdrawn'],
  // Back to accepted: it is certain that nothing was signed.
  submitting: ['accepted', 'submitting', 'signed', 'failed', 'review'],
  review: ['accepted', 'signed', 'failed'],
  // The conservation certificate comes before or after the key certificate, or not at all.
  signed: ['signed', 'conserved', 'completed'],
  conserved: ['conserved', 'completed'],
  completed: [],
  failed: [],
  declined: [],
  withdrawn: [],
};

/** The record as it is after a change of status; a change that leads nowhere is a bug. */
export const advanceTo = (signing: Signing, status: SigningStatus, change: Partial<Signing> = {}): Signing => {
  if (!after[signing.status].includes(status)) throw new Error(`no way from ${signing.status} to ${status}`);
  return { ...signing, attempts: 0, lookups: 0, takenAt: null, problem: null, ...change, status };
};

/** Nothing happens to it any more. */
export const isFinished = (status: SigningStatus): boolean => after[status].length === 0;

/** Statuses after which nothing happens any more. */
export const finishedStatuses = (Object.keys(after) as SigningStatus[]).filter(isFinished);

/** Where an output of a signing lies in the file store: by its digest, so that it is never overwritten. */
export const outputKey = (signingId: string, digest: string): string => `signings/${signingId}/${digest}`;

/** Where an uploaded agreement lies in the file store. */
export const documentKey = (host: string, digest: string): string => `documents/${host}/${digest}`;

/** Where what a signatory signs lies in the file store. */
export const inputKey = ({ host, input }: Pick<Signing, 'host' | 'input'>): string =>
  input.signingId === null ? documentKey(host, input.digest) : outputKey(input.signingId, input.digest);

/** What a key of the file store says of its file. */
export type FileOwner =
  | { kind: 'document'; host: string; digest: string }
  | { kind: 'output'; signingId: string; digest: string }
  /** Of a write that is under way, or was interrupted. */
  | { kind: 'part' };

/** Undefined for what the service never writes: that is somebody else's. */
export const ownerOf = (key: string): FileOwner | undefined => {
  const [, folder, name = '', digest = '', part] = fileKey.exec(key) ?? [];
  if (part) return { kind: 'part' };
  if (folder === 'documents') return { kind: 'document', host: name, digest };
  return folder === 'signings' ? { kind: 'output', signingId: name, digest } : undefined;
};

const fileKey = /^(documents|signings)\/([^/]+)\/([0-9a-f]{64})(\.[0-9a-f-]{36})?$/;
