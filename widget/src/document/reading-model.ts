import type { TemplateResult } from 'lit';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { WordedModel } from '../view/model.ts';
import type { Sketches } from '../view/sketch.ts';

/** What the views around the pages show. */
export interface ReadingModel extends WordedModel {
  /** Shows a problem with the document as the panel shows all other problems. */
  problemView: (type: AnyProblemType, detail?: string) => TemplateResult;
  /** What the signatory has made so far of their autograph and initials. */
  sketches: Sketches;
  /** The signatory has begun to make one. */
  isSigning: boolean;
  /** Leads the signatory to the pad. */
  openPad: () => void;
}
