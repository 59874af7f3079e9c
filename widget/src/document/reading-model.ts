import type { TemplateResult } from 'lit';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { WordedModel } from '../view/model.ts';

/** What the views around the pages show. */
export interface ReadingModel extends WordedModel {
  /** Says a problem of the document as the panel says all others. */
  problemView: (type: AnyProblemType, detail?: string) => TemplateResult;
}
