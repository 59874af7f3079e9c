import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '#problem.ts';

/** About as long as a lease: then somebody else may have the record. */
const mostTries = 12;
const pauseMs = 2_500;

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.type === 'storage-unavailable';

/** Tries again and again what nothing but storage that is away for a moment keeps from succeeding. */
export const insist = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === mostTries || !isUnavailable(error)) throw error;
      await wait(pauseMs);
    }
  }
};
