import { formView } from './form-view.ts';
import { InkKeeper } from './ink-keeper.ts';
import { toPng, type PictureLimits } from './ink-drawing.ts';
import { toStrokes, type Ink } from './ink.ts';
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
  createInkKeeper: (changed: (penDown: boolean) => void) => new InkKeeper(changed),
  /** The ink as it is sent; null where the browser does not give the picture out. */
  async pictureOf(ink: Ink, limits: PictureLimits) {
    const autograph = await toPng(ink, limits);
    return autograph && { autograph, strokes: toStrokes(ink) };
  },
};
export type Panel = typeof panel;
