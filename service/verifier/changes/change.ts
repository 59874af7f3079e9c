/** What a later revision did, where a rule knows it. */
export type KnownChange =
  | 'signature'
  | 'time-stamp'
  | 'empty-signature-field'
  | 'place-laid'
  | 'field-filled'
  | 'field-locked'
  | 'form-resources'
  | 'annotation'
  | 'long-term-data'
  | 'metadata'
  | 'page-added';

/** One change that was made after a signature, or to the original. */
export interface DocumentChange {
  /** `unexplained`: no rule says what this is for, so it may be anything. */
  kind: KnownChange | 'unexplained';
  allowed: boolean;
  /** Number and generation, as references to it are written; `trailer` where it is none. */
  object: string;
  /** From the trailer, by keys and places: `Root/Pages/Kids[0]/Contents`. */
  path: string;
  /** The revision that made it; 1 is the file as it was first written. */
  revision: number;
  /** Fully qualified name of the field. */
  field?: string | undefined;
  /** In plain words: why it is not allowed, or what else is to be known of it. */
  detail?: string | undefined;
}

/** What a signature must let happen for a change to be allowed, from the least on. */
export type Level = 'preserve' | 'sign' | 'fill' | 'annotate';

/** A change that a rule explains: whether it is allowed is up to the permissions of each signature. */
export interface ExplainedChange extends Omit<DocumentChange, 'kind' | 'allowed' | 'revision'> {
  kind: KnownChange;
  level: Level;
  /** A new field that is seen, which a certified document must not get. */
  newAndVisible?: boolean;
}

/** A change that no rule explains. */
export interface UnexplainedChange extends Omit<DocumentChange, 'kind' | 'allowed' | 'revision'> {
  detail: string;
}
