import { createActions } from './actions.ts';
import { Autograph } from '../autograph/autograph.ts';
import { Companion } from '../companion/companion.ts';
import type { VisitPort } from '../companion/visit-port.ts';
import { dockView } from './dock-view.ts';
import { headView } from './head-view.ts';
import { withOwn } from '../words/message-set.ts';
import { problemView } from './problem-view.ts';
import { panelSheet } from './styles/styles-panel.ts';

/** What is beside the document: a chunk of its own, as nobody signs before the document has come. */
export const panel = {
  panelView: dockView,
  headView,
  problemView,
  sheet: panelSheet,
  createAutograph: (changed: (penDown: boolean) => void, making: () => void) => new Autograph(changed, making),
  createActions,
  withOwn,
  accompany: (controller: VisitPort) => new Companion(controller),
};
export type Panel = typeof panel;
