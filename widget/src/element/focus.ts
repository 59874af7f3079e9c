import type { VisitController } from './visit-controller.ts';

const acting = new Set(['reading', 'sending', 'following']);

/**
 * When a phase ends, the button that had the focus is removed: the focus goes to what took its place, which is read
 * out.
 */
export class FocusMover {
  readonly #controller: VisitController;
  #lastPhase: string;

  constructor(controller: VisitController) {
    this.#controller = controller;
    this.#lastPhase = controller.session.phase;
  }

  /** To be called after each update. */
  follow(): void {
    const { phase } = this.#controller.session;
    if (phase === this.#lastPhase) return;
    const acted = acting.has(this.#lastPhase);
    this.#lastPhase = phase;
    if (acted) this.#controller.find(phase === 'reading' ? '[part=sign-button]' : '#progress, #outcome')?.focus();
  }
}
