import { PDFDict, PDFRef, type PDFArray } from '@cantoo/pdf-lib';
import { Fault } from './fault.ts';
import { arrayAt, dictAt, name, nameAt, numberAt, numbersAt } from './pdf-objects.ts';
import type { PdfFile } from './pdf-file.ts';

/** What a page inherits from the nodes above it (ISO 32000-2, 7.7.3.4). */
interface Inherited {
  resources?: PDFDict;
  mediaBox?: number[];
  cropBox?: number[];
  rotate?: number;
}

export interface Page extends Inherited {
  ref: PDFRef;
  dict: PDFDict;
  /** Size of a unit in points (14.11.2.2). */
  userUnit: number;
}

/** A file with more is not for this service. */
const mostPages = 20_000;
const deepest = 64;

const inherit = (dict: PDFDict, above: Inherited): Inherited => {
  const own = {
    resources: dictAt(dict, 'Resources'),
    mediaBox: numbersAt(dict, 'MediaBox', 4),
    cropBox: numbersAt(dict, 'CropBox', 4),
    rotate: numberAt(dict, 'Rotate'),
  };
  return { ...above, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
};

const isNode = (dict: PDFDict): boolean => nameAt(dict, 'Type') === 'Pages' || arrayAt(dict, 'Kids') !== undefined;

interface Walk {
  file: PdfFile;
  pages: Page[];
  seen: Set<PDFRef>;
}

const walkKids = (walk: Walk, kids: PDFArray, { above, depth }: { above: Inherited; depth: number }): void => {
  if (depth > deepest) throw new Fault('The page tree is too deep');
  for (const ref of kids.asArray()) {
    if (!(ref instanceof PDFRef)) throw new Fault('A page is not an object of its own');
    const dict = walk.file.context.lookup(ref);
    if (!(dict instanceof PDFDict) || walk.seen.has(ref)) throw new Fault('The page tree is broken');
    walk.seen.add(ref);
    const inherited = inherit(dict, above);
    const below = arrayAt(dict, 'Kids');
    if (isNode(dict)) walkKids(walk, below ?? walk.file.context.obj([]), { above: inherited, depth: depth + 1 });
    else walk.pages.push({ ...inherited, ref, dict, userUnit: positive(numberAt(dict, 'UserUnit')) });
    if (walk.pages.length > mostPages) throw new Fault('There are too many pages');
  }
};

const positive = (value: number | undefined): number => (value && value > 0 ? value : 1);

/** The root of the page tree. @throws Fault when there is none, or it is no object of its own */
export const pagesNode = ({ catalog }: PdfFile): { ref: PDFRef; dict: PDFDict } => {
  const ref = catalog.get(name('Pages'));
  const dict = dictAt(catalog, 'Pages');
  if (!dict || !(ref instanceof PDFRef)) throw new Fault('There is no page tree');
  return { ref, dict };
};

/** All pages in order. @throws Fault when the tree is broken */
export const readPages = (file: PdfFile): Page[] => {
  const { ref, dict } = pagesNode(file);
  const walk: Walk = { file, pages: [], seen: new Set([ref]) };
  const kids = arrayAt(dict, 'Kids');
  if (kids) walkKids(walk, kids, { above: inherit(dict, {}), depth: 0 });
  return walk.pages;
};
