import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Annotation } from '#intake/fields/widgets.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';

/** A file that is being made harmless, and the update that does it. */
export interface Change {
  file: PdfFile;
  update: IncrementalUpdate;
}

/** A dictionary without some of its entries. */
export const without = (dict: PdfDict, ...keys: string[]): PdfDict => {
  const kept = dict.source;
  const copy = new (dict.constructor as new (source: typeof kept) => PdfDict)(kept);
  for (const [key, value] of dict.entries()) if (!keys.includes(key)) copy.set(key, value);
  return copy;
};

/** Writes an annotation that was changed: by itself, or with the page it is written in. */
export const rewriteAnnotation = ({ update }: Change, { dict, ref, page }: Annotation): void => {
  if (ref) return update.rewrite(ref, dict);
  const entry = page.dict.get('Annots');
  const list = page.dict.lookup('Annots');
  return entry instanceof PdfRef && list ? update.rewrite(entry, list) : update.rewrite(page.ref, page.dict);
};

/** Puts a dictionary in place of one that the catalogue names. */
export const replaceInCatalog = ({ file, update }: Change, key: string, dict: PdfDict): void => {
  const entry = file.catalog.get(key);
  if (entry instanceof PdfRef) return update.rewrite(entry, dict);
  file.catalog.set(key, dict);
  return update.rewrite(file.catalogRef, file.catalog);
};

const deepest = 32;

/** The field that a widget is of: the nearest dictionary with a name; where it can be written by itself. */
export const fieldOf = (widget: Annotation): { dict: PdfDict; rewrite: (change: Change) => void } => {
  let [dict, ref]: [PdfDict, PdfRef | undefined] = [widget.dict, widget.ref];
  for (let depth = 0; !dict.has('T') && depth < deepest; depth += 1) {
    const above = dictAt(dict, 'Parent');
    const entry = dict.get('Parent');
    if (!above || !(entry instanceof PdfRef)) break;
    [dict, ref] = [above, entry];
  }
  const own = ref;
  if (dict === widget.dict || !own)
    return { dict: widget.dict, rewrite: (change) => rewriteAnnotation(change, widget) };
  return { dict, rewrite: ({ update }) => update.rewrite(own, dict) };
};
