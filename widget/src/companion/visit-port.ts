import type { Place } from '../document/document-pane.ts';
import type { ConsentText } from '../view/consent.ts';
import type { Session } from '../visit/session.ts';

/** What the companion asks of whoever runs the visit: the element's VisitController. */
export interface VisitPort {
  readonly element: { readonly renderRoot: DocumentFragment | HTMLElement };
  readonly session: Session;
  readonly consent: ConsentText | null;
  consented: boolean;
  readonly accepted: Set<string>;
  readonly chunks: { readonly autograph: KeptAutograph | null };
  /** Null before it has begun. */
  readonly running: {
    readonly visit: { dispatch(event: { type: 'elsewhere' }): void };
    readonly reader: { readonly place: Place | null; goTo(place: Place): void };
  } | null;
  readonly model: { readonly act: { readonly handOff: { close(): void } } | null };
  /** Makes a change and has the element rendered anew. */
  set(change: () => void): void;
  tellActivity(): void;
}

/** An autograph, as far as it can be put away and taken out again. */
interface KeptAutograph {
  readonly isMade: boolean;
  readonly ink: { readonly isEmpty: boolean };
  /** As `restore` takes it. */
  readonly draft: unknown;
  restore(draft: unknown): void;
}
