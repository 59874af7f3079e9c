import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

/**
 * `npm run test:mutants -- verifier/cms src/signing`: which lines could be changed without a test that fails. A file of a room,
 * or lines of it (`verifier/pdf/page-tree.ts:20-60`), are taken as well. With `--quick` tests that take longer than
 * half a second are left out: what survives then may be noticed by one of them. With `--sample 5` one of five is tried;
 * with `--tests PATTERN` those tests alone are asked whose files' names hold it, which tells the least that is noticed.
 */

const judging =
  'test/verifier/{certificates,evidence,evidence-faults,long-term,signed-data,judge-outputs,time-stamp-token,trust,verify-*}.test.ts';
const reading =
  'test/verifier/{attacks,changed-forms,cross-reference,document-verdict,filled-fields,filters,hidden-*,laid-places,letters,later-*,page-tree,pdf-file,pdf-objects,permissions,plain-updates*,removed-signatures,revisions,same-object,signature-fields,signed-bytes,signed-first,signed-later,traps*,unexplained-objects,updates,verify-document,written-anew*}.test.ts';

/** Tests that reach a room, and take no other program. */
const testsOf: readonly [RegExp, readonly string[]][] = [
  [/^src\/signing/, ['src/signing/**/*.test.ts']],
  [/^verifier/, ['verifier/**/*.test.ts']],
  [/^verifier(?:$|\/(?:certificates|cms|evidence|long-term|verdicts))/, ['test/pki/*.test.ts', judging]],
  [/^verifier(?:$|\/(?:changes|page|pdf|verdicts))/, [reading]],
  [/^verifier(?:$|\/page)/, ['src/page/*.test.ts']],
  [/^verifier(?:$|\/ports)/, ['test/verifier/{ports,raw-signature}.test.ts']],
];

const { values, positionals: asked } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    sample: { type: 'string', default: '1' },
    tests: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const rooms = asked.length ? asked : ['verifier', 'src/signing'];
const files = testsOf.flatMap(([room, tests]) => (rooms.some((each) => room.test(each)) ? tests : []));

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

await new Stryker({
  testRunner: 'loaded',
  plugins: ['runner.ts', 'messages.ts'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
  ignorers: ['messages'],
  mutate: [
    ...rooms.map((room) => (/\.ts(?::|$)/.test(room) ? room : `${room}/**/*.ts`)),
    '!**/*.test.ts',
    '!**/*.d.ts',
  ],
  loadedTests: {
    files,
    only: values.tests,
    // Other people's programs judge no mutant.
    skipped: '^(?:openssl|poppler|pyHanko) ',
    longestMs: values.quick ? 500 : null,
    every: Number(values.sample),
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignoreStatic: true,
  // What loops is found by counting; the clock is for what hangs, on a machine that does much else.
  timeoutMS: 120_000,
  dryRunTimeoutMinutes: 30,
  ignorePatterns: ['/node_modules', '/*.tsbuildinfo', '/bench'],
  // Node takes no TypeScript below node_modules, and needs none of what a compiler is told.
  tempDirName: '.stryker',
  tsconfigFile: 'none',
  disableTypeChecks: false,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  warnings: { unknownOptions: false, preprocessorErrors: true, unserializableOptions: true, slow: true },
}).runMutationTest();
