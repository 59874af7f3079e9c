import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { tellReasons, toReason } from './reasons.ts';

const failureOf = (test: TestCase): string[][] => {
  const [error] = test.result().errors ?? [];
  return error ? [toReason(`${test.module.relativeModuleId} > ${test.fullName}`, error)] : [];
};

const failuresOf = (module: TestModule): string[][] => {
  const file = module.relativeModuleId;
  const suites = [...module.children.allSuites()];
  const tests = [...module.children.allTests('failed')];
  return [
    ...module.errors().map((error) => toReason(file, error)),
    ...suites.flatMap((suite) => suite.errors().map((error) => toReason(`${file} > ${suite.fullName}`, error))),
    ...tests.flatMap(failureOf),
  ];
};

const reasons: Reporter = {
  // At once too: the end of its file, and of the run, may be far away.
  onTestCaseResult: (test) => tellReasons(failureOf(test)),
  onTestRunEnd: (modules, errors) =>
    tellReasons([...modules.flatMap(failuresOf), ...errors.map((error) => toReason('outside of any test', error))]),
};

/** How every suite tells of its run: a line a file, what failed tests logged, and last of all why something failed. */
export const reporting = {
  reporters: [['default', { summary: false }], reasons] satisfies [[string, object], Reporter],
  silent: 'passed-only' as const,
  // No line for a test that takes its time.
  slowTestThreshold: Infinity,
};
