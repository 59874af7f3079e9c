import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '#problem.ts';

/** About as long as a lease lasts: after that another worker may have the record. */
const mostTries = 12;
const pauseMs = 2_500;

const down = new Set<unknown>(['storage-unavailable', 'storage-full', 'clock-wrong']);

const isStorageDown = (error: unknown): boolean => error instanceof Problem && down.has(error.type);

/** Tries again and again for as long as nothing but storage that is down for a moment is in the way. */
export const retryWhileStorageIsDown = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === mostTries || !isStorageDown(error)) throw error;
      await wait(pauseMs);
    }
  }
};
