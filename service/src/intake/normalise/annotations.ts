import { numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import { shownFlag, visibility, type Annotation } from '#intake/fields/widgets.ts';
import { isDifferent } from '#intake/find-annotations.ts';
import { rewriteAnnotation, type Change } from './changes.ts';

/** What is shown is printed from now on, and what is not shown is neither. */
export const fixAnnotations = (change: Change, annotations: readonly Annotation[]): void => {
  for (const annotation of annotations.filter(isDifferent)) {
    const { shown } = visibility(annotation);
    const others =
      (numberAt(annotation.dict, 'F') ?? 0) & ~(shownFlag.toggleNoView | shownFlag.invisible | shownFlag.print);
    annotation.dict.set('F', new PdfNumber(others | (shown ? shownFlag.print : shownFlag.hidden)));
    rewriteAnnotation(change, annotation);
  }
};
