import type { Making } from '@tu-esign/contract';
import { faces, loadFace, type Face } from './faces.ts';
import type { Outlines } from './faces/outlines.ts';
import { drawingOf, letter, type Lettering } from './lettering.ts';
import { withinLimits, type PictureLimits } from './ink/picture.ts';

export interface TypedDraft {
  text: string;
  face: Face;
}

/** Longest text that is posted, in characters. */
export const longestText = 80;

/** An autograph that is typed, in one of a few hands. */
export class TypedAutograph {
  readonly #changed: () => void;
  readonly #making: () => void;
  readonly #outlines = new Map<Face, Outlines>();
  readonly #asked = new Set<Face>();
  text = '';
  face: Face = faces[0]!;

  /** @param making called when the signatory changes what they sign with */
  constructor(changed: () => void, making: () => void) {
    this.#changed = changed;
    this.#making = making;
  }

  /** Fetches the hands that are not there yet; cheap to call again. */
  load(): void {
    for (const face of faces) this.#load(face).catch(() => this.#asked.delete(face));
  }

  write(text: string): void {
    this.text = text.slice(0, longestText);
    this.load();
    this.#changed();
    this.#making();
  }

  choose(face: Face): void {
    this.face = face;
    this.load();
    this.#changed();
    this.#making();
  }

  /** The text in a hand; null until the hand has come. */
  letteringIn(face: Face): Lettering | null {
    const outlines = this.#outlines.get(face);
    return outlines ? letter(this.text.trim(), outlines) : null;
  }

  get isEmpty(): boolean {
    const lettering = this.letteringIn(this.face);
    return !lettering || lettering.missing.length > 0 || !lettering.letters.some(({ path }) => path);
  }

  get draft(): TypedDraft {
    return { text: this.text, face: this.face };
  }

  restore({ text, face }: TypedDraft): void {
    this.text = text;
    if (faces.includes(face)) this.face = face;
  }

  picture(limits: PictureLimits): Promise<Blob | null> {
    return withinLimits(limits, drawingOf(this.letteringIn(this.face)!));
  }

  get making(): Making {
    return { method: 'type', text: this.text.trim(), face: this.face };
  }

  async #load(face: Face): Promise<void> {
    if (this.#asked.has(face)) return;
    this.#asked.add(face);
    this.#outlines.set(face, await loadFace(face));
    this.#changed();
  }
}
