import type { Autograph } from '../autograph/autograph.ts';
import type { ConsentText } from './consent.ts';
import type { Stage } from '../host/events.ts';
import type { HandOff } from '../panel/hand-off.ts';
import type { Kit } from './kit.ts';
import type { Locale, Messages, Missing } from '../words/messages.ts';
import type { Panel } from '../panel/panel.ts';
import type { Session } from '../visit/session.ts';

/** What the views show, and whom they tell what the signatory wants. State goes down, requests go up. */
export interface Model {
  kit: Kit;
  session: Session;
  /** Null until page 1 is visible and their chunk has come. */
  messages: Messages | null;
  locale: Locale;
  /** Which way the text runs; empty: as the words do. */
  dir: string;
  /** Null until page 1 is visible and its chunk has come. */
  panel: Panel | null;
  /** Comes with the panel. */
  autograph: Autograph | null;
  stage: Stage;
  consent: ConsentText | null;
  /** What the pane shows once it has been painted. */
  shown: 'nothing' | 'agreement' | 'signed';
  /** Pages that the signatory has viewed, in order. */
  viewed: number[];
  missing: Missing[];
  consented: boolean;
  penDown: boolean;
  /** Come with the panel. */
  act: Actions | null;
}

/** What the panel's views show: they come with the words. */
export interface PanelModel extends Model {
  messages: Messages;
  panel: Panel;
  autograph: Autograph;
  act: Actions;
}

export interface Actions {
  consent: (given: boolean) => void;
  sign: () => void;
  askDecline: () => void;
  cancelDecline: () => void;
  decline: (reason: string) => void;
  retry: () => void;
  /** Prints the signed document. */
  print: () => void;
  /** Opens a file behind an expiring link, with a fresh one where it is nearly over. */
  open: (event: Event) => void;
  /** The way to another device. */
  handOff: HandOff;
}
