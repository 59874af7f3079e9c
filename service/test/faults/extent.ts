/** Whether it is the long form: `npm run test:faults`. */
export const isLong = process.env['TU_ESIGN_FAULTS'] === 'long';

/** How much of something, in the short form and in the long one. */
export const extent = (short: number, long: number): number => (isLong ? long : short);

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

/** One line of findings: seen in the long form, and where a test fails. */
export const tell = (line: string): void => {
  // oxlint-disable-next-line no-console -- vitest shows it where it belongs
  console.log(`  ${line}`);
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
