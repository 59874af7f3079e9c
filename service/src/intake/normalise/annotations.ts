import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import { shownFlag, visibility, type Annotation } from '#intake/fields/widgets.ts';
import { isDifferent } from '#intake/find-annotations.ts';
import { isDrawnUnlike } from '#intake/fields/unlike.ts';
import { changesUnderPointer, pointerLooks } from '#intake/fields/pointer-looks.ts';
import { rewriteAnnotation, without, type Change } from './changes.ts';

const fixFlags = (annotation: Annotation): void => {
  const { shown } = visibility(annotation);
  const others =
    (numberAt(annotation.dict, 'F') ?? 0) & ~(shownFlag.toggleNoView | shownFlag.invisible | shownFlag.print);
  annotation.dict.set('F', new PdfNumber(others | (shown ? shownFlag.print : shownFlag.hidden)));
};

/** Others may have the same appearances. */
const dropPointerLooks = ({ dict }: Annotation): void => {
  const appearances = dictAt(dict, 'AP');
  if (appearances) dict.set('AP', without(appearances, ...pointerLooks));
};

/** What each viewer draws in a way of its own, nobody draws any more. */
const hide = ({ dict }: Annotation): void => dict.set('F', new PdfNumber(shownFlag.hidden));

/**
 * What is shown is printed from now on, and what is not shown, or not alike, is neither; under the pointer it stays as
 * it is.
 */
export const fixAnnotations = (change: Change, annotations: readonly Annotation[]): void => {
  for (const annotation of annotations) {
    const [differs, changes] = [isDifferent(annotation), changesUnderPointer(annotation)];
    const isUnlike = isDrawnUnlike(annotation);
    if (!differs && !changes && !isUnlike) continue;
    if (differs) fixFlags(annotation);
    if (isUnlike) hide(annotation);
    if (changes) dropPointerLooks(annotation);
    rewriteAnnotation(change, annotation);
  }
};
