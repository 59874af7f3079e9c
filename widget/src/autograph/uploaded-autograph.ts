import type { Making } from '@tu-esign/contract';
import { extractInk, type ExtractedInk } from './extract-ink.ts';
import type { PictureLimits } from './ink/picture.ts';
import { encodePng } from './ink/png.ts';
import { shrink } from './ink/raster.ts';
import { givesTrueColours, PictureRefused, readPicture, type PictureType } from './read-picture.ts';
import type { PictureFault } from '../words/messages.ts';

export interface UploadedDraft extends ExtractedInk {
  type: PictureType;
}

/** An autograph from a picture: what is kept is its ink alone. */
export class UploadedAutograph {
  readonly #changed: () => void;
  readonly #making: () => void;
  #taken: UploadedDraft | null = null;
  #generation = 0;
  fault: PictureFault | null = null;
  isReading = false;

  /** @param making called when the signatory has brought a picture that can be used */
  constructor(changed: () => void, making: () => void) {
    this.#changed = changed;
    this.#making = making;
  }

  get ink(): ExtractedInk | null {
    return this.#taken;
  }

  get isEmpty(): boolean {
    return this.#taken === null;
  }

  /** Finds out early whether this browser lets pictures be read at all. */
  check(): void {
    if (!givesTrueColours()) this.fault = 'canvas';
  }

  /** Takes the ink of a picture; what was there before stays where the new one is no good. */
  async take(file: Blob): Promise<void> {
    const generation = ++this.#generation;
    this.isReading = true;
    this.fault = null;
    this.#changed();
    try {
      const { type, pixels } = await readPicture(file);
      const ink = await extractInk(pixels);
      if (!ink) throw new PictureRefused('no-ink');
      if (generation === this.#generation) this.#taken = { ...ink, type };
    } catch (error) {
      if (!(error instanceof PictureRefused)) throw error;
      if (generation === this.#generation) this.fault = error.fault;
    } finally {
      if (generation === this.#generation) this.isReading = false;
      this.#changed();
      if (this.#taken) this.#making();
    }
  }

  clear(): void {
    this.#generation += 1;
    this.#taken = this.fault = null;
    this.isReading = false;
    this.#changed();
  }

  get draft(): UploadedDraft | null {
    return this.#taken;
  }

  restore(draft: UploadedDraft | null): void {
    this.#taken = draft;
  }

  /** The largest picture that the limits leave. */
  async picture({ autographBytes, autographPixels }: PictureLimits): Promise<Blob | null> {
    const { coverage, colour } = this.#taken!;
    for (let by = 1; by <= 8; by += 1) {
      const smaller = shrink(coverage, by);
      if (smaller.width * smaller.height > autographPixels) continue;
      const png = await encodePng(smaller, colour);
      if (png.size <= autographBytes) return png;
    }
    return null;
  }

  get making(): Making {
    return { method: 'upload', mediaType: this.#taken!.type };
  }
}
