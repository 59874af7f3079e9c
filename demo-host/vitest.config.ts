import { defineConfig } from 'vitest/config';
import { reporting } from '../.ci/vitest-reporting.ts';

const limits = {
  // Only what hangs takes so long: on a machine that does much else, too.
  testTimeout: 1_200_000,
  hookTimeout: 1_200_000,
  expect: { poll: { timeout: 120_000 } },
};

const globalSetup = 'test/walk/shared.ts';

export default defineConfig({
  test: {
    ...reporting,
    globalSetup: 'test/temporary-folder.ts',
    // They wait for pages and services more than they work: more of them than cores.
    maxWorkers: 3,
    maxConcurrency: 3,
    projects: [
      { test: { ...limits, name: 'host', include: ['test/*.test.ts'] } },
      { test: { ...limits, name: 'walk', include: ['test/walk/*.test.ts'], globalSetup } },
      // These take long, and run in test:full alone. Further walks: a browser or the service killed, files kept and
      // printed by a whole browser, other policies, several signatories.
      { test: { ...limits, name: 'further', include: ['test/further/*.test.ts'], globalSetup } },
      { test: { ...limits, name: 'states', include: ['test/states/*.test.ts'], globalSetup } },
      { test: { ...limits, name: 'frameworks', include: ['test/frameworks/*.test.ts'], globalSetup } },
    ],
  },
});
