import { Piscina } from 'piscina';
import { Problem } from '#problem.ts';
import type { Autograph } from '#signing/autograph.ts';
import { createLine } from './line.ts';
import type { AutographLimits } from './read-autograph.ts';
import type { Answer, Picture } from './worker.ts';

/**
 * See readAutograph.
 * @throws Problem overloaded, and of the types that readAutograph refuses pictures with
 */
export type ReadAutograph = (png: Uint8Array, limits: AutographLimits) => Promise<Autograph>;

/** Reads autographs in a thread of its own: a few kilobytes may hold millions of pixels. */
export interface AutographReader {
  read: ReadAutograph;
  close(): Promise<void>;
}

export interface AutographReaderOptions {
  /** Milliseconds for one picture, from when the thread takes it. */
  timeoutMs?: number;
  /** Pictures that are read, or wait to be. */
  atMost?: number;
}

/** A picture of all the pixels that are taken needs a fiftieth of it, where the machine has time. */
const patientMs = 20_000;

const createPool = (): Piscina => {
  const pool = new Piscina({ filename: new URL('worker.ts', import.meta.url).href, minThreads: 1, maxThreads: 1 });
  // Whoever waits for the thread is told; unheard, this would end the process.
  pool.on('error', () => {});
  return pool;
};

const startIn = (pool: Piscina): Promise<unknown> => pool.run(undefined, { name: 'start' }).catch(() => {});

export const createAutographReader = (options: AutographReaderOptions = {}): AutographReader => {
  const { timeoutMs = patientMs, atMost = 64 } = options;
  const inLine = createLine(atMost);
  // Started by the first autograph: the service is there sooner, and an instance that gets none needs no thread.
  let pool: Piscina | undefined;
  let started: Promise<unknown> | undefined;

  const run = async (picture: Picture): Promise<Answer> => {
    pool ??= createPool();
    // The time that a thread takes to start counts against no picture.
    await (started ??= startIn(pool));
    try {
      return (await pool.run(picture, { name: 'read', signal: AbortSignal.timeout(timeoutMs) })) as Answer;
    } catch (cause) {
      started = undefined;
      // Pixels were counted before, so that what takes so long was kept waiting by the machine.
      if ((cause as Error).name === 'AbortError') throw new Problem('overloaded', undefined, { cause });
      throw cause;
    }
  };

  return {
    async read(png, limits) {
      const answer = await inLine(() => run({ png, limits }));
      if ('refused' in answer) throw new Problem(answer.refused);
      return answer.autograph;
    },
    close: async () => pool?.destroy(),
  };
};
