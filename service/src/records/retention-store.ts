import type { Signing } from '#signing/signing.ts';

/** An agreement that a host uploaded. */
export interface UploadedDocument {
  host: string;
  digest: string;
}

/** What stays of what was deleted: a sealed note of what it was, without personal data. */
export interface Deletion {
  /** The signing's id, or host and digest of a document. */
  id: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Status, files and head of evidence, as they were; canonical JSON. */
  record: string;
  /** See Seal; sequence 0, the record's digest. */
  seal: string;
}

/** Deletes what was kept for as long as it had to be. Times are milliseconds since the epoch. */
export interface RetentionStore {
  /** Finished signings that have not changed since and whose document nobody else has signed, oldest first. */
  findExpiredSignings(before: number, limit: number): Promise<string[]>;
  /** Notes of what was shown before then, and led to no signing. */
  deleteShowings(before: number): Promise<void>;
  /** Uploaded before, and used by no signing. */
  findUnusedDocuments(before: number, limit: number): Promise<UploadedDocument[]>;
  /**
   * Deletes record, autograph, evidence and deliveries, and keeps a sealed note of it.
   * @param deleteFiles called before it is committed: where it fails, nothing is deleted
   */
  deleteSigning(id: string, deleteFiles: (signing: Signing) => Promise<void>): Promise<void>;
  /** Deletes the document unless it is used by now; see deleteSigning. */
  deleteDocument(document: UploadedDocument, deleteFile: () => Promise<void>): Promise<void>;
  /** The latest first. */
  listDeletions(limit: number): Promise<Deletion[]>;
}
