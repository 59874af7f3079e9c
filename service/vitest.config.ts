import { defineConfig } from 'vitest/config';
import { compileCache } from './test/compile-cache.ts';

const limits = {
  // Only what hangs takes so long: on a machine that does much else, too.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  // The threads that read PDFs, of each service that is started in a test's own process.
  env: compileCache,
};

export default defineConfig({
  test: {
    globalSetup: ['test/postgres-cluster.ts'],
    // Many tests wait for processes and clocks: more of them than cores, so that the cores are busy.
    maxWorkers: 5,
    projects: [
      {
        test: {
          ...limits,
          name: 'service',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/fuzz/**', 'test/faults/**'],
          // Loading the service again for each file was a fifth of all time.
          isolate: false,
        },
      },
      {
        test: {
          ...limits,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/faults/built-service.ts'],
          isolate: false,
          // Whole worlds, which wait for leases more than they work.
          maxConcurrency: 12,
        },
      },
      {
        // Memory and temporary files are counted.
        test: { ...limits, name: 'fuzz', include: ['test/fuzz/**/*.test.ts'] },
      },
    ],
  },
});
