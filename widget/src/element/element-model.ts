import type { Autograph } from '../autograph/autograph.ts';
import type { Actions, PanelModel } from '../panel/panel-model.ts';
import type { Panel } from '../panel/panel.ts';
import type { Model } from '../view/model.ts';

/** What the whole element shows: what has not come yet is null. */
export interface ElementModel extends Model {
  /** Null until page 1 is visible and its chunk has come. */
  panel: Panel | null;
  /** Null until the panel has come, as are the actions. */
  autograph: Autograph | null;
  act: Actions | null;
}

/** Once words and panel have come. */
export interface ReadyModel extends PanelModel {
  panel: Panel;
}
