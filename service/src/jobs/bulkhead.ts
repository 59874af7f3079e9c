/**
 * Keeps those who do not answer from taking every worker: whoever failed last is asked by one worker at a time,
 * until it answers again.
 */
export interface Bulkhead<Result> {
  /** Asks now, or not at all: undefined where a worker is asking already and it failed before. */
  run(name: string, ask: () => Promise<Result>): Promise<Result | undefined>;
}

/** @param isFailure whether an answer is one of somebody who does not answer as they should */
export const createBulkhead = <Result>(isFailure: (result: Result) => boolean): Bulkhead<Result> => {
  const failing = new Set<string>();
  const asking = new Map<string, number>();
  const count = (name: string, change: number) => asking.set(name, (asking.get(name) ?? 0) + change);
  return {
    async run(name, ask) {
      if (failing.has(name) && asking.get(name)) return undefined;
      count(name, 1);
      try {
        const result = await ask();
        if (isFailure(result)) failing.add(name);
        else failing.delete(name);
        return result;
      } finally {
        count(name, -1);
      }
    },
  };
};
