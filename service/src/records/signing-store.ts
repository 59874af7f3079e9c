import type { DocumentFinding, NotificationType, Place, SealedEntry, SigningStatus } from '@tu-esign/contract';
import type { Agreement } from '#signing/agreement/agreement.ts';
import type { Observation } from '#signing/evidence.ts';
import type { Signing } from '#signing/signing.ts';

/** An uploaded agreement, as it is known for one host. */
export interface DocumentRecord {
  host: string;
  /** SHA-256 of the bytes that are kept. */
  digest: string;
  /** SHA-256 of the bytes that were uploaded; differs where they were rewritten. */
  uploadedDigest: string;
  bytes: number;
  pages: number;
  signatures: number;
  /** Where the embedded provider puts the first signature; null where it found no place, or an older release took it. */
  signaturePlace: Place | null;
  /** What was found in it; null where an older release took it, which did not look. */
  findings: readonly DocumentFinding[] | null;
}

/** An autograph, or initials: as they came, and as providers get them. */
export interface KeptInk {
  png: Uint8Array;
  placed: Uint8Array;
  /** Pixels of `placed`. */
  width: number;
  /** Pixels of `placed`. */
  height: number;
  /** JSON of the strokes where it was drawn, else of how it was made. */
  made: string;
}

/** What the signatory drew, and the initials where there are places for them. */
export interface KeptAutograph extends KeptInk {
  initials?: KeptInk | undefined;
}

/** The element has fetched a document to show it to a signatory, with one token. */
export interface Showing {
  host: string;
  identifier: string;
  /** The signatory's place among those who sign. */
  position: number;
  digest: string;
  jti: string;
}

/** A file of a signing is sent to whoever has a link to it. */
export interface Download {
  signingId: string;
  file: string;
  /** Absent for evidence, which has none before it is made. */
  digest?: string;
  /** Who was given the link. */
  by: string;
  /** Where the request came from. */
  client: object;
}

/** A record to insert, with what belongs to it from the first moment. */
export interface NewSigning {
  signing: Signing;
  observations: Observation[];
  /** Absent when the signatory declined. */
  autograph?: KeptAutograph;
  /** What the host is to be told; of the agreement as a whole only if that has come to such an end. */
  tell?: NotificationType[];
  /** Whether the signatory must have been shown what is signed; absent: not. */
  mustBeShown?: boolean;
}

/** Which signings of a host. Times are milliseconds since the epoch. */
export interface Wanted {
  host: string;
  identifier?: string | undefined;
  status?: SigningStatus | undefined;
  /** Changed then or later. */
  from?: number | undefined;
  /** Changed before then. */
  before?: number | undefined;
  /** The last one of those that are known already. */
  after?: Pick<Signing, 'id' | 'updatedAt'> | undefined;
  limit: number;
}

/** The host does not want an agreement to be signed any more. */
export interface NewWithdrawal {
  host: string;
  identifier: string;
  reason: string | null;
  /** What the host is to be told, as far as it comes to that. */
  tell: NotificationType[];
}

/** The agreement as it is then, and the signing that ended with it; or why it cannot be withdrawn. */
export type WithdrawResult =
  | { agreement: Agreement; signing: Signing | undefined }
  /** Somebody is signing, all have signed, or it has ended in another way. */
  | 'too-late';

/** What goes with a change of a signing. */
export interface Change {
  observations?: Observation[];
  /** When to look at it again, in milliseconds; null: never. */
  dueInMs: number | null;
  /** When to look at the time-stamp over its document, in milliseconds; absent: that stays as it is. */
  renewInMs?: number;
  /** What the host is to be told; of the agreement as a whole only if that has come to such an end. */
  tell?: NotificationType[];
}

/** What there is to do. */
export interface Backlog {
  /** How many signings are not finished, by status; `review` is among them. */
  unfinished: Partial<Record<SigningStatus, number>>;
  /** When the oldest of them was accepted: milliseconds since the epoch; null where there is none. */
  oldestAt: number | null;
}

/**
 * The records. Every write is one durable transaction. Leases end by the database's clock, so that the
 * clocks of the service's machines do not matter.
 */
export interface SigningStore {
  /** `taken`: host, identifier and position have a signing already; `replayed`: the token's `jti` has;
   * `document-missing`: what is to be signed is not there (any more); `not-shown`: nobody was shown it for this; `withdrawn`: the host wants
   * it signed no more. */
  insert(
    added: NewSigning,
  ): Promise<'inserted' | 'taken' | 'replayed' | 'document-missing' | 'not-shown' | 'withdrawn'>;
  find(id: string): Promise<Signing | undefined>;
  /** All signatories' signings of what a host names so, in their order. */
  listByIdentifier(host: string, identifier: string): Promise<Signing[]>;
  /** A host's signings, the one that changed longest ago first, from behind a place in that order. */
  list(wanted: Wanted): Promise<Signing[]>;
  findAgreement(host: string, identifier: string): Promise<Agreement | undefined>;
  /** Withdraws what is not signed yet; all in one transaction, so that nobody signs at the same moment. */
  withdraw(withdrawn: NewWithdrawal): Promise<WithdrawResult>;
  /** The one that has not changed for longest first. */
  listByStatus(status: SigningStatus, limit: number, after?: Wanted['after']): Promise<Signing[]>;
  findAutograph(id: string): Promise<KeptAutograph | undefined>;
  /** Takes a signing that is due, for a while; undefined where it is not due or somebody else was faster. */
  claim(id: string, leaseMs: number): Promise<Signing | undefined>;
  /**
   * Saves a change, its evidence and its notifications, fenced by the epoch.
   * @returns the record as saved, or undefined where another change came first
   */
  save(signing: Signing, change: Change): Promise<Signing | undefined>;
  /** Makes a lease last for so long from now; false where another change came first. */
  renew(signing: Signing, leaseMs: number): Promise<boolean>;
  /** Gives up a claim: the signing is due at once, for any worker. */
  release(signing: Signing): Promise<void>;
  /** Milliseconds until it is due; null where nothing is to be done. */
  dueInMs(id: string): Promise<number | null>;
  /** Ids of signings that are due, oldest first. */
  findDue(limit: number): Promise<string[]>;
  /** How many are due. */
  countDue(): Promise<number>;
  summarise(): Promise<Backlog>;
  /**
   * Makes everything due that waits, even what is claimed: only for a process that knows that no other one works on
   * these records.
   */
  makeAllDue(): Promise<void>;
  appendEvidence(id: string, observation: Observation): Promise<void>;
  /** Counted, and told in evidence as far as that stays small. */
  countDownload(download: Download): Promise<void>;
  listEvidence(id: string): Promise<SealedEntry[]>;
  /** Kept once for each token; it becomes evidence when the signing is inserted. */
  insertShowing(showing: Showing): Promise<void>;
  /** When somebody was first shown something there that is not signed yet, in milliseconds. */
  firstShownAt(place: Pick<Showing, 'host' | 'identifier' | 'position'>): Promise<number | undefined>;
  insertDocument(document: DocumentRecord): Promise<void>;
  findDocument(host: string, digest: string): Promise<DocumentRecord | undefined>;
}
