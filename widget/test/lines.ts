import { relative } from 'node:path';
import { defaultReporter, type TestRunnerConfig } from '@web/test-runner';
import { tellReasons, toReason } from '../../.ci/reasons.ts';

type Reporter = NonNullable<TestRunnerConfig['reporters']>[number];
type Sessions = Parameters<NonNullable<Reporter['reportTestFileResults']>>[0]['sessionsForTestFile'];
type Session = Sessions[number];
type Results = NonNullable<Session['testResults']>;

/** Every test of a file in one browser, under its whole name. */
const listTests = ({ tests, suites }: Results, above = ''): { name: string; test: Results['tests'][number] }[] => [
  ...tests.map((test) => ({ name: `${above}${test.name}`, test })),
  ...suites.flatMap((suite) => listTests(suite, `${above}${suite.name} > `)),
];

const testsOf = ({ testResults }: Session) => (testResults ? listTests(testResults) : []);

const describe = (session: Session): string => {
  const tests = testsOf(session);
  const skipped = tests.filter(({ test }) => test.skipped).length;
  const seconds = tests.reduce((sum, { test }) => sum + (test.duration ?? 0), 0) / 1000;
  return `${session.browser.name} ${tests.length}${skipped ? `, ${skipped} skipped` : ''}, ${seconds.toFixed(1)} s`;
};

const failuresOf = (session: Session): string[][] => {
  const what = `${relative(process.cwd(), session.testFile)} in ${session.browser.name}`;
  const failed = testsOf(session).filter(({ test }) => !test.passed && !test.skipped);
  return [
    ...session.errors.map((error) => toReason(what, error)),
    ...failed.map(({ name, test }) => toReason(`${what} > ${name}`, test.error ?? { message: 'failed' })),
  ];
};

/** A line a file, when all its browsers are done; what failed ones logged; and last of all why something failed. */
export const linesReporter = (): Reporter => {
  const details = defaultReporter({ reportTestProgress: false });
  return {
    start: (about) => details.start?.(about),
    reportTestFileResults(about) {
      const { logger, sessionsForTestFile: sessions, testFile } = about;
      const passed = sessions.every((session) => session.passed);
      logger.log(` ${passed ? '✓' : '✗'} ${relative(process.cwd(), testFile)} (${sessions.map(describe).join('; ')})`);
      if (!passed) details.reportTestFileResults?.(about);
    },
    onTestRunFinished: ({ sessions }) => tellReasons(sessions.filter(({ passed }) => !passed).flatMap(failuresOf)),
  };
};
