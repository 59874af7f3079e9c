import { pagesNode } from '@tu-esign/verifier/pdf/page-tree.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { assertPlaces, openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { createIncrementalUpdate, type IncrementalUpdate } from '#writing/incremental-update.ts';

/** What a page takes from the nodes above it (ISO 32000-2, 7.7.3.4). */
const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

const deepest = 32;
const mostPages = 5_000;

interface Walk {
  file: PdfFile;
  update: IncrementalUpdate;
  root: PdfRef;
  pages: PdfRef[];
  seen: Set<PdfRef>;
}

const inherit = (dict: PdfDict, above: PdfDict): PdfDict => {
  const own = new PdfDict(dict.source);
  for (const key of inheritable) {
    const value = dict.get(key) ?? above.get(key);
    if (value) own.set(key, value);
  }
  return own;
};

/** A page, as an object of its own, under the one node that is left. */
const addPage = (
  { update, root, pages, seen }: Walk,
  entry: unknown,
  { dict, above }: { dict: PdfDict; above: PdfDict },
): void => {
  const page = new PdfDict(dict.source);
  for (const [key, value] of [...above.entries(), ...dict.entries()]) page.set(key, value);
  page.set('Parent', root);
  const isFirst = entry instanceof PdfRef && !seen.has(entry);
  const ref = isFirst ? entry : update.add(page);
  if (isFirst) update.rewrite(entry, page);
  seen.add(ref);
  pages.push(ref);
  if (pages.length > mostPages) throw new Fault('There are too many pages');
};

const walkKids = (walk: Walk, node: PdfDict, { above, depth }: { above: PdfDict; depth: number }): void => {
  if (depth > deepest) throw new Fault('The page tree is too deep');
  for (const entry of arrayAt(node, 'Kids')?.members() ?? []) {
    const dict = walk.file.objects.lookup(entry);
    if (!(dict instanceof PdfDict)) throw new Fault('The page tree is broken');
    const type = nameAt(dict, 'Type');
    const isNode = arrayAt(dict, 'Kids') !== undefined;
    if (type !== (isNode ? 'Pages' : 'Page')) throw new Fault('A node of the page tree is not what it says');
    if (isNode) walkKids(walk, dict, { above: inherit(dict, above), depth: depth + 1 });
    else addPage(walk, entry, { dict, above });
  }
};

/**
 * A document that nobody has signed, and that lists a page twice or holds it within the list: with each page an object
 * of its own, listed once, as viewers show them. The order stays.
 * @throws Fault where that is not what is wrong with it
 */
export const mendPages = (pdf: Uint8Array, ports: Inflater): Uint8Array => {
  const file = openPdf(pdf, ports);
  assertPlaces(file);
  const { ref: root, dict } = pagesNode(file);
  const walk: Walk = { file, update: createIncrementalUpdate(file), root, pages: [], seen: new Set() };
  walkKids(walk, dict, { above: inherit(dict, new PdfDict(dict.source)), depth: 0 });
  dict.set('Kids', file.objects.array(walk.pages));
  dict.set('Count', new PdfNumber(walk.pages.length));
  walk.update.rewrite(root, dict);
  return Buffer.concat([pdf, walk.update.write().bytes]);
};
