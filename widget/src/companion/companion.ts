import { watchActivity } from './activity.ts';
import type { VisitPort } from './visit-port.ts';
import { keepDraft, type DraftKeeper } from './draft-keeper.ts';
import { joinOtherTabs, type OtherTabs } from './other-tabs.ts';

/** Runs beside a visit: saves the draft, listens to other tabs and reports that the signatory is active. */
export class Companion {
  readonly #controller: VisitPort;
  readonly #ending = new AbortController();
  #keeper: DraftKeeper | null = null;
  #tabs: OtherTabs | null = null;
  #told: string | undefined;

  constructor(controller: VisitPort) {
    this.#controller = controller;
    watchActivity(controller.element.renderRoot, () => controller.tellActivity(), this.#ending.signal);
  }

  /** To be called after each update. */
  notice(): void {
    const { request, signing } = this.#controller.session;
    if (request && !this.#tabs) this.#begin(request.draftKey, `${request.identifier} ${request.sequence.position}`);
    this.#keeper?.notice();
    if (!this.#tabs || signing?.status === this.#told) return;
    this.#told = signing?.status;
    this.#tabs.tell();
  }

  /** To be called before the controller is cleared: the draft is saved from it one last time. */
  end(): void {
    this.#ending.abort();
    this.#controller.model.act?.handOff.close();
  }

  #begin(draftKey: string, name: string): void {
    const { signal } = this.#ending;
    const changed = () => this.#controller.running?.visit.dispatch({ type: 'elsewhere' });
    this.#tabs = joinOtherTabs({ name, changed, signal });
    keepDraft(this.#controller, draftKey, signal).then((keeper) => (this.#keeper = keeper), reportError);
  }
}
