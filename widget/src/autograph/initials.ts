import type { AutographMethod, Making, Signatory, Strokes } from '@tu-esign/contract';
import { initialsOf } from '../view/name.ts';
import type { Sketch } from '../view/sketch.ts';
import { InkKeeper } from './ink/ink-keeper.ts';
import { toStrokes, type Ink } from './ink/ink.ts';
import { drawInk, type PictureLimits } from './ink/picture.ts';
import { liveSketch, sketchOfLettering } from './sketch.ts';
import { TypedAutograph, type TypedDraft } from './typed-autograph.ts';

/** What the signatory has made so far of their initials. */
export interface InitialsDraft {
  ink?: Ink | undefined;
  typed: TypedDraft;
  isPlaced: boolean;
}

/** Initials as they are posted. */
export type MadeInitials = { initials: Blob } & ({ initialsStrokes: Strokes } | { initialsMaking: Making });

/**
 * Initials for the margin, made once beside the autograph: typed where that is typed, and drawn where it is not. They
 * are put on all of their pages by one act.
 */
export class Initials {
  readonly #changed: () => void;
  readonly ink: InkKeeper;
  readonly typed: TypedAutograph;
  /** How the autograph is made. */
  method: AutographMethod = 'draw';
  isAsked = false;
  #isPlaced = false;

  constructor(changed: (penDown: boolean) => void, making: () => void) {
    this.#changed = () => changed(false);
    this.ink = new InkKeeper(changed, making);
    this.typed = new TypedAutograph(this.#changed, making);
  }

  /** Cheap to call at every update. */
  offer(isAsked: boolean, signatory: Signatory): void {
    this.isAsked = isAsked;
    this.typed.text ||= initialsOf(signatory);
  }

  get isTyped(): boolean {
    return this.method === 'type';
  }

  get isMade(): boolean {
    return this.isTyped ? !this.typed.isEmpty : this.ink.isEnough;
  }

  /** Whether they are on their pages: what is made is there only once the signatory has put it there. */
  get isPlaced(): boolean {
    return this.#isPlaced && this.isMade;
  }

  place(): void {
    this.#isPlaced = true;
    this.#changed();
  }

  get sketch(): Sketch | null {
    if (!this.isAsked) return null;
    if (!this.isTyped) return liveSketch(this.ink);
    const lettering = this.typed.letteringIn(this.typed.face);
    return lettering?.letters.some(({ path }) => path) ? sketchOfLettering(lettering) : null;
  }

  get draft(): InitialsDraft {
    return { ink: this.ink.ink, typed: this.typed.draft, isPlaced: this.#isPlaced };
  }

  restore({ ink, typed, isPlaced }: InitialsDraft): void {
    if (ink) this.ink.restore(ink);
    this.typed.restore(typed);
    this.#isPlaced = isPlaced;
  }

  /** As they are posted; null where no picture fits into the limits. */
  async make(limits: PictureLimits): Promise<MadeInitials | null> {
    if (this.isTyped) {
      const initials = await this.typed.picture(limits);
      return initials && { initials, initialsMaking: this.typed.making };
    }
    const initials = await drawInk(this.ink.ink!, limits);
    return initials && { initials, initialsStrokes: toStrokes(this.ink.ink!) };
  }
}
