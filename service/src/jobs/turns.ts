/**
 * Keeps those who do not answer from taking every worker: whoever failed last is asked by one worker at a time
 * until it answers again.
 */
export interface Turns<Result> {
  /** Asks now, or not at all: undefined where somebody else is asking already. */
  take(name: string, ask: () => Promise<Result>): Promise<Result | undefined>;
}

/** @param isFailure whether an answer is one of who does not answer as it should */
export const createTurns = <Result>(isFailure: (result: Result) => boolean): Turns<Result> => {
  const failing = new Set<string>();
  const asking = new Map<string, number>();
  const count = (name: string, change: number) => asking.set(name, (asking.get(name) ?? 0) + change);
  return {
    async take(name, ask) {
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
