import { SetupError } from '#setup-error.ts';

/** Keys that were kept cannot be used as they are; the message says which, and what to do. */
export class KeysError extends SetupError {
  override name = 'KeysError';
}

/** File name to text: PEM or base64. */
export type KeyFiles = Record<string, string>;

/** Where the service keeps its own keys: made at the first start, and the same for every instance. */
export interface KeyStorage {
  /**
   * The files of one name; where there are none yet, what `create` makes is kept, all of it or nothing. Where several
   * instances start for the first time together, the keys of one are kept, and all of them get those.
   * @throws KeysError that says which file is missing, altered or open to others
   */
  open(name: string, create: () => Promise<KeyFiles>): Promise<KeyFiles>;
}

/** The same for commands, which change what is kept. */
export interface ChangeableKeys extends KeyStorage {
  /** All names of which there are files. */
  list(): Promise<string[]>;
  /**
   * Puts what `change` makes of a name's files in their place: all of it or, whenever it is killed, nothing. Others who
   * change wait, and those who read get the files as they were before or after.
   * @throws KeysError where there are none
   */
  replace(name: string, change: (files: KeyFiles) => Promise<KeyFiles>): Promise<void>;
}
