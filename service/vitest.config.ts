import { defineConfig } from 'vitest/config';
import { reporting } from '../.ci/vitest-reporting.ts';
import { builtThreads } from './test/built-service.ts';
import { compileCache } from './test/compile-cache.ts';
import { temporaryFolder } from './test/temporary-folder.ts';

const minuteMs = 60_000;

const limits = {
  // A wait fails by itself where nothing has moved for two minutes (test/until.ts), and says what it waited for.
  expect: { poll: { timeout: 2 * minuteMs } },
  // For what hangs without waiting: far longer than it takes on a machine that does much else.
  testTimeout: 20 * minuteMs,
  hookTimeout: 20 * minuteMs,
  // The cache is for the threads that read PDFs, of each service that is started in a test's own process.
  env: { ...compileCache, TMPDIR: temporaryFolder },
};

/** What the service does with every sample, and what others say of signatures of many shapes: each takes a minute. */
const inPart = ['test/walk.test.ts', 'test/pki/agreement.test.ts', 'test/agreement/**/*.test.ts'];

/** Two instances on PostgreSQL and S3, started and stopped by the dozen, and what keeps every core busy: with the faults. */
const busy = ['test/scaled.test.ts', 'test/stalls/**/*.test.ts'];

/** The same tests for each database: npm test tries SQLite, test:full PostgreSQL, which takes four times as long. */
const onDatabases = [
  'src/records/records.test.ts',
  'src/records/agreements/agreements.test.ts',
  'src/records/renewal/renewals.test.ts',
  'src/records/trust/revocations.test.ts',
  'src/scheduling/scheduler.test.ts',
];

/** What happens at the edge of every limit, and what other people's programs judge: seconds of a processor a test. */
const further = [
  'src/authority/first-start.test.ts',
  'src/command/running/run-service.test.ts',
  'src/http/limits/pressure.test.ts',
  'src/http/stop.test.ts',
  'src/keys/custody/token-holder.test.ts',
  'src/keys/keys.test.ts',
  'src/pades/engine.test.ts',
  'src/pades/hostile-documents.test.ts',
  'src/pades/names.test.ts',
  'test/backup.test.ts',
  'test/bridge.test.ts',
  'test/languages.test.ts',
  'test/deploy/proxies.test.ts',
  'test/deploy/scaled.test.ts',
  'test/pdf-a.test.ts',
  'test/places.test.ts',
  'test/renewal.test.ts',
  'test/rotation.test.ts',
  'test/token.test.ts',
  'test/sandbox.test.ts',
  'test/tu-identidad.test.ts',
  'test/verifier/browser.test.ts',
  'test/verifier/filters.test.ts',
  'test/verifier/geometry.test.ts',
  'test/verifier/limits.test.ts',
  'test/verifier/renderers.test.ts',
];

const worlds = {
  ...limits,
  testTimeout: 180 * minuteMs,
  isolate: false,
  // Whole worlds, which wait for leases more than they work.
  maxConcurrency: 12,
};

export default defineConfig({
  test: {
    ...reporting,
    // The long form is read for what it finds.
    silent: process.env['TU_ESIGN_FAULTS'] === 'long' ? false : reporting.silent,
    globalSetup: ['test/postgres-cluster.ts', 'test/built-service.ts'],
    // Many tests wait for processes: more of them than cores, so that the cores are busy, and not many more.
    maxWorkers: 4,
    projects: [
      {
        plugins: [builtThreads],
        test: {
          ...limits,
          env: { ...limits.env, TU_ESIGN_TEST_DATABASE: 'SQLite' },
          name: 'service',
          include: ['src/**/*.test.ts', 'verifier/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/fuzz/**', 'test/faults/**', 'test/package/**', ...inPart, ...busy, ...further],
          // Loading the service again for each file was a fifth of all time.
          isolate: false,
        },
      },
      {
        plugins: [builtThreads],
        test: {
          ...limits,
          env: { ...limits.env, TU_ESIGN_TEST_DATABASE: 'PostgreSQL' },
          name: 'further',
          include: [...further, ...onDatabases],
          isolate: false,
        },
      },
      { test: { ...worlds, name: 'smoke', include: ['test/faults/smoke.test.ts'] } },
      {
        test: {
          ...worlds,
          name: 'faults',
          include: ['test/faults/**/*.test.ts', ...busy],
          exclude: ['test/faults/smoke.test.ts'],
        },
      },
      // Packs, installs and uses the package: a minute of npm alone.
      { test: { ...limits, name: 'package', include: ['test/package/**/*.test.ts'] } },
      {
        plugins: [builtThreads],
        // What runs in part, and as a whole in test:full. Memory and temporary files are counted.
        test: { ...limits, name: 'fuzz', include: ['test/fuzz/**/*.test.ts', ...inPart] },
      },
    ],
  },
});
