import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import type { Environment } from '#composition/settings/environment.ts';
import { Refused } from './errors.ts';

/** What an operator can set right is refused in a sentence; a bug is thrown on. */
export const sayRefused = async <T>(settings: Environment, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const said = sayWhatToDo(cause, settings);
    throw said === undefined ? cause : new Refused(said, { cause });
  }
};
