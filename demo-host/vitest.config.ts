import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/temporary-folder.ts',
    // Each file starts a service and a browser of its own, and waits for them more than it works.
    maxWorkers: 3,
    // Only what hangs takes so long: on a machine that does much else, too.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
