import { createActions } from './actions.ts';
import { Autograph } from '../autograph/autograph.ts';
import { Companion } from '../companion/companion.ts';
import type { VisitPort } from '../companion/visit-port.ts';
import { formView } from './form-view.ts';
import { withOwn } from '../words/message-set.ts';
import { declinedView, doneView } from './outcome-view.ts';
import { offlineView, problemView } from './problem-view.ts';
import { progressView } from './progress-view.ts';
import { panelSheet } from './styles/styles-panel.ts';

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
  createActions,
  withOwn,
  accompany: (controller: VisitPort) => new Companion(controller),
};
export type Panel = typeof panel;
