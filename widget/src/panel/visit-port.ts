import type { Autograph } from '../autograph/autograph.ts';
import type { BeforeSignHook, HandOffHook } from '../host/hooks.ts';
import type { Model } from '../view/model.ts';
import type { Session } from '../visit/session.ts';
import type { Visit } from '../visit/visit.ts';
import type { Missing } from '../words/messages.ts';

/** What the panel asks of whoever runs the visit: the element's VisitController. */
export interface VisitPort {
  readonly element: {
    readonly renderRoot: DocumentFragment | HTMLElement;
    readonly updateComplete: Promise<boolean>;
    readonly beforeSign: BeforeSignHook | undefined;
    readonly handOff: HandOffHook | undefined;
  };
  readonly model: Model;
  readonly session: Session;
  readonly chunks: { readonly autograph: Autograph | null };
  /** Null before it has begun. */
  readonly running: { readonly visit: Visit; readonly reader: { bringSignature(): void } } | null;
  readonly missing: Missing[];
  consented: boolean;
  readonly accepted: Set<string>;
  /** Looks in the element's shadow tree. */
  find(selector: string): HTMLElement | null;
  /** Makes a change and has the element rendered anew. */
  set(change: () => void): void;
}
