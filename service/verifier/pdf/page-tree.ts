import { Fault } from './fault.ts';
import { PdfDict, type PdfArray } from './objects/containers.ts';
import { arrayAt, dictAt, nameAt, numberAt, numbersAt } from './objects/entries.ts';
import { PdfRef } from './objects/object.ts';
import type { PdfFile } from './pdf-file.ts';

/** What a page inherits from the nodes above it (ISO 32000-2, 7.7.3.4). */
interface Inherited {
  resources?: PdfDict;
  mediaBox?: number[];
  cropBox?: number[];
  rotate?: number;
}

export interface Page extends Inherited {
  ref: PdfRef;
  dict: PdfDict;
  /** Size of a unit in points (14.11.2.2). */
  userUnit: number;
}

/** A file with more is not for this service. */
const mostPages = 20_000;
const deepest = 64;

const inherit = (dict: PdfDict, above: Inherited): Inherited => {
  const own = {
    resources: dictAt(dict, 'Resources'),
    mediaBox: numbersAt(dict, 'MediaBox', 4),
    cropBox: numbersAt(dict, 'CropBox', 4),
    rotate: numberAt(dict, 'Rotate'),
  };
  return { ...above, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
};

/**
 * What a dictionary in the tree is, by its /Type; where that is missing, by what it has.
 * @throws Fault where /Type and /Kids contradict each other: readers go by one or the other, and show different pages
 */
const isNode = (dict: PdfDict): boolean => {
  const type = dict.has('Type') ? nameAt(dict, 'Type') : undefined;
  const kids = arrayAt(dict, 'Kids') !== undefined;
  if (dict.has('Kids') && !kids) throw new Fault('The kids of a node of the page tree are no array');
  if (type === undefined && !dict.has('Type')) return kids;
  if (type !== (kids ? 'Pages' : 'Page')) throw new Fault('A node of the page tree is not what it says');
  return kids;
};

/** A node of the tree, as its kids see it. */
interface Node {
  ref: PdfRef;
  above: Inherited;
  depth: number;
}

interface Walk {
  file: PdfFile;
  pages: Page[];
  seen: Set<PdfRef>;
}

const walkKids = (walk: Walk, node: Node, kids: PdfArray): void => {
  const { ref: parent, above, depth } = node;
  if (depth > deepest) throw new Fault('The page tree is too deep');
  for (const ref of kids.members()) {
    if (!(ref instanceof PdfRef)) throw new Fault('A page is not an object of its own');
    const dict = walk.file.objects.lookup(ref);
    if (!(dict instanceof PdfDict) || walk.seen.has(ref)) throw new Fault('The page tree is broken');
    if (dict.get('Parent') !== parent) throw new Fault('A page is in another node than it says');
    walk.seen.add(ref);
    const inherited = inherit(dict, above);
    if (isNode(dict)) walkNode(walk, dict, { ref, above: inherited, depth: depth + 1 });
    else walk.pages.push({ ...inherited, ref, dict, userUnit: positive(numberAt(dict, 'UserUnit')) });
    if (walk.pages.length > mostPages) throw new Fault('There are too many pages');
  }
};

/** Readers go by the count, or count: where that differs some show fewer pages than others. */
const walkNode = (walk: Walk, dict: PdfDict, node: Node): void => {
  const before = walk.pages.length;
  walkKids(walk, node, arrayAt(dict, 'Kids')!);
  if (numberAt(dict, 'Count') !== walk.pages.length - before) throw new Fault('The pages of a node are miscounted');
};

const positive = (value: number | undefined): number => (value && value > 0 ? value : 1);

/** The root of the page tree. @throws Fault when there is none, or it is no object of its own */
export const pagesNode = ({ catalog }: PdfFile): { ref: PdfRef; dict: PdfDict } => {
  const ref = catalog.get('Pages');
  const dict = dictAt(catalog, 'Pages');
  if (!dict || !(ref instanceof PdfRef)) throw new Fault('There is no page tree');
  return { ref, dict };
};

/** All pages in order. @throws Fault when the tree is broken */
export const readPages = (file: PdfFile): Page[] => {
  const { ref, dict } = pagesNode(file);
  const walk: Walk = { file, pages: [], seen: new Set([ref]) };
  if (!isNode(dict)) throw new Fault('The root of the page tree is a page');
  walkNode(walk, dict, { ref, above: inherit(dict, {}), depth: 0 });
  return walk.pages;
};
