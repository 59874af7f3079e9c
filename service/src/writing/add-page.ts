import { viewOf, visibleBox } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import { pagesNode, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { arrayAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

export interface NewPage {
  /** Shown as large as this one, and turned alike. */
  last: Page;
  /** How many pages there are before. */
  count: number;
  /** Points as shown: it is larger than the last one where that is smaller. */
  least: { width: number; height: number };
}

/** The last page's box, grown to the right and up where it is too small; in the page's own units. */
const boxFor = ({ last, least }: Omit<NewPage, 'count'>): number[] => {
  const { left, bottom, right, top } = visibleBox(last);
  const { rotation } = viewOf(last);
  const [width, height] = rotation % 180 ? [least.height, least.width] : [least.width, least.height];
  const [across, up] = [width / last.userUnit, height / last.userUnit];
  return [left, bottom, Math.max(right, left + across), Math.max(top, bottom + up)];
};

/** Adds an empty page at the end. */
export const addPage = (file: PdfFile, update: IncrementalUpdate, { last, count, least }: NewPage): Page => {
  const { objects } = file;
  const root = pagesNode(file);
  const mediaBox = boxFor({ last, least });
  const rotate = last.rotate ?? 0;
  const dict = objects.dict({
    Type: 'Page',
    Parent: root.ref,
    MediaBox: mediaBox,
    CropBox: mediaBox,
    Rotate: rotate,
    Resources: {},
    ...(last.userUnit === 1 ? {} : { UserUnit: last.userUnit }),
  });
  const ref = update.add(dict);
  root.dict.set('Kids', objects.array([...(arrayAt(root.dict, 'Kids')?.members() ?? []), ref]));
  root.dict.set('Count', new PdfNumber(count + 1));
  update.rewrite(root.ref, root.dict);
  return { ref, dict, mediaBox, rotate, userUnit: last.userUnit };
};
