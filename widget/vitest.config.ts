import { defineConfig } from 'vitest/config';

// The element's own tests run in a browser (web-test-runner.config.ts); these look at what is built.
export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    globalSetup: 'test/build.ts',
    // Only what hangs takes so long: on a machine that does much else, too.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
