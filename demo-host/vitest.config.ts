import { defineConfig } from 'vitest/config';

const limits = {
  // Only what hangs takes so long: on a machine that does much else, too.
  testTimeout: 180_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
};

export default defineConfig({
  test: {
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
