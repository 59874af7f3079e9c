import { AutographPad } from './autograph-pad.ts';
import { isEnoughInk } from './enough-ink.ts';
import type { Ink, InkStroke } from './ink.ts';
import { attachPenKeys } from './pen-keys.ts';

/** Keeps the ink while the pad it was drawn on comes and goes with the phases of the visit. */
export class InkKeeper {
  readonly #changed: (penDown: boolean) => void;
  readonly #drawing: () => void;
  #isEntered = false;
  #canvas: HTMLCanvasElement | null = null;
  #pad: AutographPad | null = null;
  #ink: Ink | undefined;
  #detachKeys = () => {};

  constructor(changed: (penDown: boolean) => void, drawing: () => void) {
    this.#changed = changed;
    this.#drawing = drawing;
  }

  get ink(): Ink | undefined {
    return this.#pad?.ink ?? this.#ink;
  }

  /** The stroke that is under way, which is no part of the ink yet where a pointer draws it. */
  get stroke(): InkStroke | null {
    return this.#pad?.stroke ?? null;
  }

  /** Whether the signatory has gone to the pad on purpose: until then, a finger on it scrolls the page. */
  get isEntered(): boolean {
    return this.#isEntered;
  }

  enter(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    this.#changed(false);
  }

  get isEmpty(): boolean {
    return !this.ink?.strokes.length;
  }

  /** Whether it can be signed with. */
  get isEnough(): boolean {
    return this.ink !== undefined && isEnoughInk(this.ink);
  }

  undo(): void {
    this.#pad?.undo();
  }

  clear(): void {
    this.#pad?.clear();
  }

  /** Makes a pad of this canvas, or none of null; the ink is redrawn on it. */
  attach(canvas: HTMLCanvasElement | null): void {
    if (canvas === this.#canvas) return;
    this.release();
    this.#canvas = canvas;
    if (canvas) this.#open(canvas);
  }

  /** Restores what `ink` returned in an earlier visit. */
  restore(ink: Ink): void {
    const canvas = this.#canvas;
    this.release();
    this.#ink = ink;
    this.attach(canvas);
  }

  release(): void {
    this.#detachKeys();
    this.#detachKeys = () => {};
    this.#ink = this.#pad?.release() ?? this.#ink;
    this.#pad = this.#canvas = null;
  }

  #open(canvas: HTMLCanvasElement): void {
    const frame = canvas.parentElement!;
    const changed = () => this.#changed(false);
    const takesTouch = () => this.#isEntered;
    const pad = new AutographPad({ canvas, frame, ink: this.#ink, changed, drawing: this.#drawing, takesTouch });
    const cursor = frame.querySelector<HTMLElement>('.pen')!;
    this.#pad = pad;
    this.#detachKeys = attachPenKeys({ canvas, cursor, pad, changed: this.#changed });
  }
}
