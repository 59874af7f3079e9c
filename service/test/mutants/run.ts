import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

/** `npm run test:mutants -- verifier/cms src/signing`: which lines could be changed without a test that fails. */

/** Tests that reach what lies below a folder, and take no other program. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  'src/signing': ['src/signing/*.test.ts'],
  verifier: [
    'verifier/**/*.test.ts',
    'test/pki/*.test.ts',
    'test/verifier/{attacks,certificates,evidence,filters,pdf-objects,signed-data,time-stamp-token,trust,updates,verify-*}.test.ts',
  ],
};

const [, , ...asked] = process.argv;
const rooms = asked.length ? asked : Object.keys(testsOf);
const files = Object.entries(testsOf).flatMap(([below, tests]) =>
  rooms.some((room) => room.startsWith(below)) ? tests : [],
);

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

await new Stryker({
  testRunner: 'loaded',
  plugins: [fileURLToPath(new URL('runner.ts', import.meta.url))],
  mutate: [...rooms.map((room) => (room.endsWith('.ts') ? room : `${room}/**/*.ts`)), '!**/*.test.ts', '!**/*.d.ts'],
  loadedTests: {
    files,
    // Other people's programs judge no mutant.
    skipped: '^(?:openssl|poppler|pyHanko) ',
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignoreStatic: true,
  // What loops is found by counting; the clock is for what hangs, on a machine that does much else.
  timeoutMS: 120_000,
  dryRunTimeoutMinutes: 30,
  ignorePatterns: ['/node_modules', '/*.tsbuildinfo', '/bench', '/test/{element,faults,fuzz}'],
  // Node takes no TypeScript below node_modules, and needs none of what a compiler is told.
  tempDirName: '.stryker',
  tsconfigFile: 'none',
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  warnings: { unknownOptions: false, preprocessorErrors: true, unserializableOptions: true, slow: true },
}).runMutationTest();
