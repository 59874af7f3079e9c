import type { VisitController } from './visit-controller.ts';

const acting = new Set(['reading', 'sending', 'following']);

/** The button that had the focus is gone when a phase is: what took its place is read out instead. */
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
