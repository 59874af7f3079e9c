import { defineConfig } from 'vitest/config';
import { reporting } from '../.ci/vitest-reporting.ts';

const limits = {
  // For now, as below.
  retry: 2,
  // Only what hangs takes so long: on a machine that does much else, too.
  testTimeout: 1_200_000,
  hookTimeout: 1_200_000,
  expect: { poll: { timeout: 120_000 } },
};

export default defineConfig({
  test: {
    // For now: some tests still go by clocks of their own, which a busy machine passes.
    retry: 2,
    ...reporting,
    globalSetup: 'test/temporary-folder.ts',
    // They wait for pages and services more than they work: more of them than cores.
    maxWorkers: 3,
    maxConcurrency: 3,
    projects: [
      { test: { ...limits, name: 'host', include: ['test/*.test.ts', 'test/frameworks/*.test.ts'] } },
      { test: { ...limits, name: 'walk', include: ['test/walk/*.test.ts'], globalSetup: 'test/walk/shared.ts' } },
    ],
  },
});
