import { PDFArray } from '@cantoo/pdf-lib';
import { visibleBox } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import { pagesNode, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { arrayAt, name } from '@tu-esign/verifier/pdf/pdf-objects.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** Adds an empty page at the end, shown as large as the last one and turned alike. */
export const addPage = (
  file: PdfFile,
  update: IncrementalUpdate,
  { last, count }: { last: Page; count: number },
): Page => {
  const { context } = file;
  const root = pagesNode(file);
  const { left, bottom, right, top } = visibleBox(last);
  const mediaBox = [left, bottom, right, top];
  const rotate = last.rotate ?? 0;
  const dict = context.obj({
    Type: 'Page',
    Parent: root.ref,
    MediaBox: mediaBox,
    CropBox: mediaBox,
    Rotate: rotate,
    Resources: {},
    ...(last.userUnit === 1 ? {} : { UserUnit: last.userUnit }),
  });
  const ref = update.add(dict);
  const kids = PDFArray.withContext(context);
  for (const kid of arrayAt(root.dict, 'Kids')?.asArray() ?? []) kids.push(kid);
  kids.push(ref);
  root.dict.set(name('Kids'), kids);
  root.dict.set(name('Count'), context.obj(count + 1));
  update.rewrite(root.ref, root.dict);
  return { ref, dict, mediaBox, rotate, userUnit: last.userUnit };
};
