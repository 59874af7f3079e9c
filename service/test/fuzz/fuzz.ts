import { assert, asyncProperty, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { casesOf, type Part } from './cases.ts';

/** No single case may take more of the processor, in milliseconds: the clock counts what others do as well. */
export const longestMs = 5_000;
/** What this process has taken of it, in milliseconds, with all its threads. */
export const takenMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** qpdf takes its time over what we refuse to decode. */
const longestOf = (part: Part): number => (part.endsWith('qpdf') ? 60_000 : longestMs);
/** For all cases of a part and for finding the smallest that fails, in milliseconds. */
const allMs = process.env['TU_ESIGN_FUZZ'] === 'long' ? 3_600_000 : 1_200_000;
/** The seed that a failure printed, to see it again. */
const seed = process.env['TU_ESIGN_FUZZ_SEED'];

/**
 * Runs a part's cases, each bounded in time. The arbitrary describes how a good input is altered and the
 * check does it: a failure then prints the alteration, not a file's bytes.
 */
export const fuzz = <Case>(part: Part, cases: Arbitrary<Case>, check: (input: Case) => unknown): void => {
  test(
    part,
    async () => {
      let ran = 0;
      const bounded = asyncProperty(cases, async (input) => {
        const before = takenMs();
        await check(input);
        expect(takenMs() - before).toBeLessThan(longestOf(part));
        ran += 1;
      });
      const numRuns = casesOf(part);
      const limits = { interruptAfterTimeLimit: allMs, markInterruptAsFailure: true };
      await assert(bounded, { numRuns, ...limits, ...(seed && { seed: Number(seed) }) });
      expect(ran).toBe(numRuns);
    },
    allMs + 30_000,
  );
};
