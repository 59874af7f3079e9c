import { appendFile, readFile } from 'node:fs/promises';

/** The contracts that are complete, as this host was told, one a line. */
export interface Contracts {
  /** The same again changes nothing. */
  markComplete(identifier: string): Promise<void>;
  isComplete(identifier: string): boolean;
}

export const openContracts = async (path: string): Promise<Contracts> => {
  const complete = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return {
    async markComplete(identifier) {
      if (complete.includes(identifier)) return;
      await appendFile(path, `${identifier}\n`, { mode: 0o600 });
      complete.push(identifier);
    },
    isComplete: (identifier) => complete.includes(identifier),
  };
};
