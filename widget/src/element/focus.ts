import type { Desk } from './desk.ts';

const acting = new Set(['reading', 'sending', 'following']);

/** The button that had the focus is gone when a phase is: what took its place is read out instead. */
export class FocusMover {
  readonly #desk: Desk;
  #lastPhase: string;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#lastPhase = desk.session.phase;
  }

  /** To be called after each update. */
  follow(): void {
    const { phase } = this.#desk.session;
    if (phase === this.#lastPhase) return;
    const acted = acting.has(this.#lastPhase);
    this.#lastPhase = phase;
    if (acted) this.#desk.find(phase === 'reading' ? '[part=sign-button]' : '#progress, #outcome')?.focus();
  }
}
