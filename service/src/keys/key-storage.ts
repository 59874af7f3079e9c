/** File name to text: PEM or base64. */
export type KeyFiles = Record<string, string>;

/** Where the service's own keys are kept: made once, and the same ever after, for every instance. */
export interface KeyStorage {
  /**
   * The files of one name; where there are none yet, what `create` makes is kept, all of it or nothing. Of
   * many first starts at once one wins, and all get the same.
   * @throws Error that says which file is missing, altered or open to others
   */
  open(name: string, create: () => Promise<KeyFiles>): Promise<KeyFiles>;
}
