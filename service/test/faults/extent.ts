import { availableParallelism, loadavg } from 'node:os';

/** Whether it is the long form: `npm run test:faults`. */
export const isLong = process.env['TU_ESIGN_FAULTS'] === 'long';

/** How much of something, in the short form and in the long one. */
export const extent = (short: number, long: number): number => (isLong ? long : short);

/** How many times as long something may take here and now, since the machine does other things too. */
export const slowness = (): number => Math.max(1, loadavg()[0]! / availableParallelism());

/** The longest that a test may take, in milliseconds; on a machine that is busy, too. */
export const atMost = (short: number, long = short): number => 4 * extent(short, long);

/** What chance depends on in this run; printed, so that a run can be repeated. */
export const seed = Number(process.env['TU_ESIGN_FAULTS_SEED'] ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1 that follow from a seed alone (mulberry32). */
export const createRandom = (from: number): (() => number) => {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
export type Random = ReturnType<typeof createRandom>;

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** One line of findings, seen by whoever reads the run. */
export const tell = (line: string): void => {
  process.stdout.write(`  ${line}\n`);
};

/** So many of a list, spread over it from where the seed says. */
export const spread = <T>(from: readonly T[], count: number): T[] => {
  const start = seed % from.length;
  const step = Math.max(from.length / count, 1);
  return Array.from(
    { length: Math.min(count, from.length) },
    (_, at) => from[(start + Math.floor(at * step)) % from.length]!,
  );
};

/** So many of a list, or in the long form all of them. */
export const choose = <T>(from: readonly T[], count: number): T[] => spread(from, isLong ? from.length : count);
