import { nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { draws } from '#intake/fields/draws.ts';
import { changesUnderPointer } from '#intake/fields/pointer-looks.ts';
import { isDrawnUnlike } from '#intake/fields/unlike.ts';
import type { Note } from './found.ts';
import { shownFlag, visibility, type Annotation } from '#intake/fields/widgets.ts';

/** A link's frame is no content, and a pop-up is a window of the viewer's. */
const passedOver = new Set(['Link', 'Popup']);

/**
 * One that comes or goes with the pointer over it, or is for those alone who do not know its kind: the element hides that
 * one whatever its kind is, and others show what they know.
 */
const isUnsteady = shownFlag.toggleNoView | shownFlag.invisible;

/** Whether what one sees on screen and what the paper has are two things, or what others see. */
export const isDifferent = (annotation: Annotation): boolean => {
  const { shown, printed } = visibility(annotation);
  const flags = numberAt(annotation.dict, 'F') ?? 0;
  return shown !== printed || ((flags & isUnsteady) !== 0 && (flags & shownFlag.hidden) === 0);
};

const isPassedOver = ({ dict }: Annotation): boolean => passedOver.has(nameAt(dict, 'Subtype') ?? '');

const isSeenDifferently = (annotation: Annotation): boolean =>
  !isPassedOver(annotation) && ((isDifferent(annotation) && draws(annotation)) || changesUnderPointer(annotation));

/** Annotations that are only shown, or only printed, look otherwise under the pointer, or to each viewer. */
export const findAnnotations = (annotations: readonly Annotation[], note: Note): void => {
  for (const annotation of annotations)
    if (isSeenDifferently(annotation) || isDrawnUnlike(annotation)) note('annotations-differ', annotation.place);
};
