import type { PdfDict } from '#pdf/objects/containers.ts';
import type { PdfObject } from '#pdf/objects/object.ts';
import { sameObject } from '#changes/revision/same-object.ts';

/** A widget whose appearance is new: where it lies on a page is looked at with the page. */
export interface ChangedWidget {
  number: number;
  /** Fully qualified name of its field. */
  field: string;
  path: string;
  /** As it was; undefined where it is new. */
  old: PdfDict | undefined;
  /** As it is now. */
  dict: PdfDict;
  /** A place that is new, one to be signed that was there, or a field that says something else now. */
  kind: 'new' | 'signed' | 'filled';
  /** A new field's, or one that is signed now: it may be put on a page. */
  mayBePlaced: boolean;
  /** Signed without anything that is drawn: nobody may draw it later. */
  staysBlank?: boolean;
}

/** What an update did to the form. */
export interface FormChanges {
  /** By object numbers. */
  widgets: Map<number, ChangedWidget>;
  /** Fully qualified names of the fields that there were. */
  fields: Set<string>;
}

export const noChanges = (): FormChanges => ({ widgets: new Map(), fields: new Set() });

/** What a list has more than before, where all that was there is still, in its order; undefined where it is not. */
export const addedTo = (old: readonly PdfObject[], now: readonly PdfObject[]): PdfObject[] | undefined => {
  const added: PdfObject[] = [];
  let at = 0;
  for (const member of now) {
    if (at < old.length && sameObject(old[at], member)) at += 1;
    else added.push(member);
  }
  return at === old.length ? added : undefined;
};
