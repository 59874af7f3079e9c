import type { VisitPort } from './visit-port.ts';

const quiet = new Set(['waiting', 'loading', 'reading']);

/**
 * On a phone the panel is a sheet below the document: the signatory opens it to sign. It opens by itself for what has
 * to be known, and can be put away all the same.
 */
export class Sheet {
  readonly #controller: VisitPort;
  #isOpened = false;
  /** What was put away. */
  #closed: string | null = null;

  constructor(controller: VisitPort) {
    this.#controller = controller;
  }

  get isOpen(): boolean {
    const told = this.#told;
    return told === null ? this.#isOpened : told !== this.#closed;
  }

  open(): void {
    this.#controller.set(() => {
      this.#isOpened = true;
      this.#closed = null;
    });
  }

  close(): void {
    this.#controller.set(() => {
      this.#isOpened = false;
      this.#closed = this.#told;
    });
  }

  /** What the panel tells unasked; null where there is nothing. */
  get #told(): string | null {
    const { phase, problem, offline } = this.#controller.session;
    return quiet.has(phase) && !problem && !offline ? null : `${phase} ${problem ?? ''}`;
  }
}
