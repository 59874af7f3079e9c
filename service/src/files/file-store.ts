/** The files. A key names the same bytes for ever: it ends in their digest. */
export interface FileStore {
  /** Durable once it resolves; writing the same key again changes nothing. */
  write(key: string, content: Uint8Array): Promise<void>;
  /** What is not there is deleted already. */
  delete(key: string): Promise<void>;
  read(key: string): Promise<Uint8Array | undefined>;
  /** Resolves where the storage answers. */
  probe(): Promise<void>;
}
