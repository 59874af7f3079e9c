/** A file as the storage lists it. */
export interface StoredFile {
  key: string;
  /** When it was written last, by the storage's own clock: milliseconds since the epoch. */
  writtenAt: number;
}

/** The files. A key ends in the digest of its bytes, and therefore names the same bytes for ever. */
export interface FileStore {
  /**
   * Durable once it resolves; where it fails, nothing stays. Writing the same key again changes nothing but when it was
   * written; what does not have its bytes any more gets them again.
   */
  write(key: string, content: Uint8Array): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  read(key: string): Promise<Uint8Array | undefined>;
  /** Says that it is there, without reading it; undefined where it is not. */
  find(key: string): Promise<StoredFile | undefined>;
  /** All that is there, also what writes that were interrupted have left, in no order. */
  list(): AsyncIterable<StoredFile>;
  /** Resolves where the storage answers. */
  probe(): Promise<void>;
}
