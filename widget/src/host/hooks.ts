/** What is about to be signed, for the host to allow or refuse. */
export interface BeforeSign {
  /** The host's id of the process. */
  identifier: string;
  /** SHA-256 of the document that the signatory has before them, lower-case hexadecimal. */
  digest: string;
  /** How the autograph was made. */
  method: 'draw' | 'type' | 'upload';
}

/**
 * The host's last word before the post: false refuses, and so does whatever is thrown. A text refuses as well, and is
 * shown to the signatory, as text, after the element's own words.
 */
export type BeforeSignHook = (what: BeforeSign) => Promise<boolean | string | void> | boolean | string | void;

/** Gives the address of the host's page at which the visit goes on: on a phone, where a finger draws better. */
export type HandOffHook = () => Promise<string> | string;
