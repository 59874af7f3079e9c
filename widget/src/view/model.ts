import type { ConsentText } from './consent.ts';
import type { ViewTools } from './view-tools.ts';
import type { Stage } from '../host/events.ts';
import type { Session } from '../visit/session.ts';
import type { Locale, Messages, Missing } from '../words/messages.ts';

/** What every view is given: state goes down. What a room's views need besides, the room declares itself. */
export interface Model {
  view: ViewTools;
  session: Session;
  /** Null until page 1 is visible and their chunk has come. */
  messages: Messages | null;
  locale: Locale;
  /** Which way the text runs; empty: as the words do. */
  dir: string;
  stage: Stage;
  consent: ConsentText | null;
  /** What the pane shows once it has been painted. */
  shown: 'nothing' | 'agreement' | 'signed';
  /** Pages that the signatory has viewed, in order. */
  viewed: number[];
  missing: Missing[];
  consented: boolean;
  /** The host's consents that were ticked, by their ids. */
  accepted: ReadonlySet<string>;
  penDown: boolean;
}

/** A model once its words have come. */
export interface WordedModel extends Model {
  messages: Messages;
}
