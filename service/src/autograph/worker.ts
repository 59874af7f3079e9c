import type { ProblemType } from '@tu-esign/contract';
import type { Autograph } from '#signing/autograph.ts';
import { readAutograph, type AutographLimits } from './read-autograph.ts';
import { RefusedPicture } from './refused-picture.ts';

/** What a thread is asked to read. */
export interface Picture {
  png: Uint8Array;
  limits: AutographLimits;
}

/** An error loses its class on the way out of a thread; the reason must not be lost. */
export type Answer = { autograph: Autograph } | { refused: ProblemType };

/** Runs in a worker thread, once that has loaded all it needs. */
export const start = (): void => {};

/** Runs in a worker thread: see readAutograph. */
export const read = ({ png, limits }: Picture): Answer => {
  try {
    return { autograph: readAutograph(png, limits) };
  } catch (error) {
    if (!(error instanceof RefusedPicture)) throw error;
    return { refused: error.type };
  }
};
