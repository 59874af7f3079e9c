import { Autograph } from './autograph/autograph.ts';
import { formView } from './form-view.ts';
import { declinedView, doneView } from './outcome-view.ts';
import { offlineView, problemView } from './problem-view.ts';
import { progressView } from './progress-view.ts';
import { panelSheet } from './styles-panel.ts';

/** What is beside the document: a chunk of its own, as nobody signs before the document has come. */
export const panel = {
  formView,
  progressView,
  doneView,
  declinedView,
  problemView,
  offlineView,
  sheet: panelSheet,
  createAutograph: (changed: (penDown: boolean) => void) => new Autograph(changed),
};
export type Panel = typeof panel;
