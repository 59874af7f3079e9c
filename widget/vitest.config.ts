import { defineConfig } from 'vitest/config';
import { reporting } from '../.ci/vitest-reporting.ts';

// The element's own tests run in a browser (web-test-runner.config.ts); these look at what is built.
export default defineConfig({
  test: {
    ...reporting,
    include: ['test/*.test.ts'],
    globalSetup: 'test/build.ts',
    // Only what hangs takes so long: on a machine that does much else, too.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
