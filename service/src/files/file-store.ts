/** The files. A key ends in the digest of its bytes, and therefore names the same bytes for ever. */
export interface FileStore {
  /** Durable once it resolves; writing the same key again changes nothing. */
  write(key: string, content: Uint8Array): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  read(key: string): Promise<Uint8Array | undefined>;
  /** Resolves where the storage answers. */
  probe(): Promise<void>;
}
