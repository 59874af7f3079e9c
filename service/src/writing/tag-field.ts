import { PdfArray, PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfBoolean, PdfName, PdfNumber, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

/** A dictionary, and by what it is written: its own object. */
interface Owned {
  dict: PdfDict;
  ref: PdfRef;
}

const ownedAt = (dict: PdfDict, key: string): Owned | undefined => {
  const [ref, value] = [dict.get(key), dictAt(dict, key)];
  return ref instanceof PdfRef && value ? { dict: value, ref } : undefined;
};

/** The structure of a tagged document (ISO 32000-2, 14.7, 14.8.1); undefined for others. */
const structureOf = ({ catalog }: PdfFile): Owned | undefined => {
  const mark = dictAt(catalog, 'MarkInfo')?.lookup('Marked');
  return mark instanceof PdfBoolean && mark.value ? ownedAt(catalog, 'StructTreeRoot') : undefined;
};

const deepest = 32;
const mostKeys = 200_000;

/** The largest key of a number tree (7.9.7), whatever it says of its limits. */
const largestKey = (tree: PdfDict, depth = 0): number => {
  const pairs = arrayAt(tree, 'Nums');
  const keys = Array.from({ length: Math.min(mostKeys, pairs?.length ?? 0) >> 1 }, (_, at) => pairs!.lookup(2 * at));
  const own = keys.map((key) => (key instanceof PdfNumber ? key.value : -1));
  const below = depth > deepest ? [] : members(arrayAt(tree, 'Kids')).filter((kid) => kid instanceof PdfDict);
  return [...own, ...below.map((kid) => largestKey(kid, depth + 1))].reduce((most, one) => Math.max(most, one), -1);
};

const pushTo = (dict: PdfDict, key: string, ...values: (PdfRef | PdfNumber | PdfDict)[]): void => {
  const value = dict.lookup(key);
  const old = value instanceof PdfArray ? value.members() : dict.has(key) ? [dict.get(key)!] : [];
  dict.set(key, new PdfArray(dict.source, [...old, ...values]));
};

/** Puts an element under its key into the tree of parents (14.7.5.4), in a leaf of its own where the tree has several. */
const addParent = (
  { file, update }: { file: PdfFile; update: IncrementalUpdate },
  root: Owned,
  { key, element }: { key: number; element: PdfRef },
): void => {
  const tree = ownedAt(root.dict, 'ParentTree');
  const dict = dictAt(root.dict, 'ParentTree') ?? file.objects.dict({});
  if (dict.has('Kids')) {
    const leaf = file.objects.dict({ Limits: [key, key], Nums: [key, element] });
    pushTo(dict, 'Kids', update.add(leaf));
  } else pushTo(dict, 'Nums', new PdfNumber(key), element);
  if (tree) update.rewrite(tree.ref, dict);
  else root.dict.set('ParentTree', dict);
};

/** Where the element goes: into the document's one element, or beside the others. */
const parentOf = (root: Owned): Owned => {
  const kids = root.dict.lookup('K');
  const first = kids instanceof PdfArray && kids.length === 1 ? kids.get(0) : root.dict.get('K');
  const dict = first instanceof PdfRef ? root.dict.source.lookup(first) : undefined;
  return first instanceof PdfRef && dict instanceof PdfDict ? { dict, ref: first } : root;
};

/**
 * Puts a new widget into the structure of a tagged document, and has the page read in the order of its structure
 * (14.8.4.8.2, 12.5.1): who hears the document hears of the signature as well.
 */
export const tagField = (
  target: { file: PdfFile; update: IncrementalUpdate },
  { page, widget }: { page: Page; widget: { ref: PdfRef; dict: PdfDict } },
): void => {
  const { file, update } = target;
  const root = structureOf(file);
  if (!root) return;
  const tree = dictAt(root.dict, 'ParentTree');
  const key = Math.max(numberAt(root.dict, 'ParentTreeNextKey') ?? 0, (tree ? largestKey(tree) : -1) + 1);
  const parent = parentOf(root);
  const kid = file.objects.dict({ Type: 'OBJR', Obj: widget.ref, Pg: page.ref });
  const element = update.add(file.objects.dict({ Type: 'StructElem', S: 'Form', P: parent.ref, Pg: page.ref, K: kid }));
  pushTo(parent.dict, 'K', element);
  addParent(target, root, { key, element });
  root.dict.set('ParentTreeNextKey', new PdfNumber(key + 1));
  update.rewrite(parent.ref, parent.dict);
  update.rewrite(root.ref, root.dict);
  widget.dict.set('StructParent', new PdfNumber(key));
  update.rewrite(widget.ref, widget.dict);
  if (nameAt(page.dict, 'Tabs') === 'S') return;
  page.dict.set('Tabs', new PdfName('S'));
  update.rewrite(page.ref, page.dict);
};
