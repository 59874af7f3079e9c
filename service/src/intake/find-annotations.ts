import { nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { draws } from '#intake/fields/draws.ts';
import type { Note } from './found.ts';
import { shownFlag, visibility, type Annotation } from '#intake/fields/widgets.ts';

/** A link's frame is no content, and a pop-up is a window of the viewer's. */
const passedOver = new Set(['Link', 'Popup']);

/** Whether what one sees on screen and what the paper has are two things. */
export const isDifferent = (annotation: Annotation): boolean => {
  const { shown, printed } = visibility(annotation);
  const flags = numberAt(annotation.dict, 'F') ?? 0;
  const turnsUp = !shown && (flags & shownFlag.toggleNoView) !== 0 && (flags & shownFlag.hidden) === 0;
  return shown !== printed || turnsUp;
};

/** Annotations that are only shown, or only printed. */
export const findAnnotations = (annotations: readonly Annotation[], note: Note): void => {
  for (const annotation of annotations) {
    if (passedOver.has(nameAt(annotation.dict, 'Subtype') ?? '')) continue;
    if (isDifferent(annotation) && draws(annotation)) note('annotations-differ', annotation.place);
  }
};
