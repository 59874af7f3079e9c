import type { VisitPort } from './visit-port.ts';
import type { Place } from '../document/document-pane.ts';
import { openDrafts, type Draft, type Drafts } from './drafts.ts';

const hour = 3_600_000;
/** The draft is saved so many milliseconds after the last stroke, tick or turn of a page. */
const settled = 200;

/** Gives a signatory back what an earlier visit left unfinished, and keeps what they do from then on. */
export async function keepDraft(
  controller: VisitPort,
  draftKey: string,
  signal: AbortSignal,
): Promise<DraftKeeper | null> {
  const drafts = await openDrafts(draftKey);
  if (!drafts || signal.aborted) return null;
  const keeper = new DraftKeeper(controller, drafts, signal);
  await keeper.restore();
  keeper.watch();
  return keeper;
}

export class DraftKeeper {
  readonly #controller: VisitPort;
  readonly #drafts: Drafts;
  readonly #signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #purge: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(controller: VisitPort, drafts: Drafts, signal: AbortSignal) {
    this.#controller = controller;
    this.#drafts = drafts;
    this.#signal = signal;
  }

  /** Restores the draft. One that cannot be read is passed over: the signatory begins anew. */
  async restore(): Promise<void> {
    const draft = await this.#drafts.load().catch(() => null);
    if (!draft || this.#signal.aborted || this.#isOver) return;
    const { chunks, consent, running } = this.#controller;
    if (draft.autograph && chunks.autograph?.ink.isEmpty) chunks.autograph.restore(draft.autograph);
    if (draft.place) running?.reader.goTo(draft.place);
    this.#controller.set(() => {
      this.#controller.consented ||= draft.consented === consent?.digest;
      for (const id of draft.accepted ?? []) this.#controller.accepted.add(id);
    });
  }

  watch(): void {
    // Scroll events do not leave the shadow tree.
    const { renderRoot } = this.#controller.element;
    const signal = this.#signal;
    const soon = () => this.notice();
    for (const event of ['scroll', 'click', 'keyup'])
      renderRoot.addEventListener(event, soon, { capture: true, passive: true, signal });
    const now = () => this.#save();
    addEventListener('pagehide', now, { signal });
    document.addEventListener('visibilitychange', now, { signal });
    signal.addEventListener('abort', () => this.#end());
  }

  /** Something may have changed. */
  notice(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), settled);
  }

  get #isOver(): boolean {
    return this.#controller.session.signing !== null;
  }

  #save(): void {
    clearTimeout(this.#timer);
    const draft = this.#isOver ? null : this.#draft();
    this.#last = this.#last.then(() => (draft ? this.#drafts.save(draft) : this.#drafts.discard())).catch(() => {});
    clearTimeout(this.#purge);
    if (draft) this.#purge = setTimeout(() => void this.#drafts.discard().catch(() => {}), hour);
  }

  /** Null where there is nothing to lose. */
  #draft(): Draft | null {
    const { chunks, consented, consent, running } = this.#controller;
    const accepted = [...this.#controller.accepted];
    const place = running?.reader.place ?? null;
    const { autograph: made } = chunks;
    const autograph = made && (made.isMade || !made.ink.isEmpty) ? made.draft : null;
    if (!autograph && !consented && accepted.length === 0 && isAtBeginning(place)) return null;
    return { autograph, consented: consented && consent ? consent.digest : null, accepted, place };
  }

  #end(): void {
    this.#save();
    clearTimeout(this.#purge);
    void this.#last.then(() => this.#drafts.close());
  }
}

const isAtBeginning = (place: Place | null): boolean => !place || (place.page === 1 && place.viewed.length <= 1);
