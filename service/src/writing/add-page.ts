import { visibleBox } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import { pagesNode, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { arrayAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** Adds an empty page at the end, shown as large as the last one and turned alike. */
export const addPage = (
  file: PdfFile,
  update: IncrementalUpdate,
  { last, count }: { last: Page; count: number },
): Page => {
  const { objects } = file;
  const root = pagesNode(file);
  const { left, bottom, right, top } = visibleBox(last);
  const mediaBox = [left, bottom, right, top];
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
