import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type * as Suite from './suite.ts';

/** How often each mutant was met, while modules load and by each test. */
interface Coverage {
  static: Record<string, number>;
  perTest: Record<string, Record<string, number>>;
}

/** What Stryker's instrumented code and we tell each other. */
interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage;
}

/** Of the packages beside it the copy that is mutated, and of vitest what notes tests. */
const resolveIn = (sandbox: URL, suite: string): void => {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'vitest') return { url: suite, format: 'module', shortCircuit: true };
      const [, path] = /^@tu-esign\/(verifier\/.+)$/.exec(specifier) ?? [];
      return path ? { url: new URL(path, sandbox).href, shortCircuit: true } : next(specifier, context);
    },
  });
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Of what runs in tests as well, they alone are asked: else each such mutant would need a process of its own. */
const forgetLoading = (coverage: Coverage): void => {
  for (const id of Object.values(coverage.perTest).flatMap(Object.keys)) delete coverage.static[id];
};

interface LoadedOptions {
  files: string[];
  /** What the name of each file has to match. */
  only: string;
  skipped: string;
  /** A test that takes longer is run once, to see that it passes, and for no mutant. */
  longestMs: number | null;
  /** Of so many mutants one is tried. */
  every: number;
}

/** What the processor has done: a machine that does much else makes no test a slow one. */
const spentMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

const idOf = ({ file, name }: Suite.NotedTest): string => `${file}#${name}`;

/**
 * Runs tests in one process that has loaded them once: a mutant is a number that the instrumented code looks at, so that each
 * costs the tests that cover it, and no more. What does not end is ended by Stryker, with the process.
 */
class LoadedTests implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #files: readonly string[];
  readonly #skipped: RegExp;
  readonly #longestMs: number;
  readonly #every: number;
  readonly #space: Namespace;
  #tests: readonly Suite.NotedTest[] = [];
  #after: readonly (() => unknown)[] = [];

  constructor(options: StrykerOptions) {
    const { files, only, skipped, longestMs, every } = options['loadedTests'] as LoadedOptions;
    this.#longestMs = longestMs ?? Infinity;
    this.#every = every;
    this.#files = globSync(files)
      .filter((file) => new RegExp(only).test(file))
      .toSorted();
    this.#skipped = new RegExp(skipped);
    const world = globalThis as unknown as Record<string, Namespace>;
    this.#space = world[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  /** Before anything is counted: loading may take as long as it takes. */
  async init(): Promise<void> {
    // Only now: Stryker enters its copy of the tree once it has loaded this module.
    const sandbox = pathToFileURL(`${process.cwd()}/`);
    const suite = new URL('test/mutants/suite.ts', sandbox).href;
    resolveIn(sandbox, suite);
    const { after, before, nameFile, noted } = (await import(suite)) as typeof Suite;
    for (const file of this.#files) {
      nameFile(file);
      await import(new URL(file, sandbox).href);
      for (const prepare of before.splice(0)) await prepare();
    }
    this.#after = after;
    this.#tests = noted.filter(({ name }) => !this.#skipped.test(name));
  }

  async #runOne({ name, file, run }: Suite.NotedTest, id: string): Promise<TestResult> {
    const start = spentMs();
    const told = () => ({ id, name, fileName: join(process.cwd(), file), timeSpentMs: spentMs() - start });
    try {
      await run();
      return { ...told(), status: TestStatus.Success };
    } catch (error) {
      return { ...told(), status: TestStatus.Failed, failureMessage: messageOf(error) };
    }
  }

  async #run(isAsked: (id: string) => boolean, bail: boolean): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const test of this.#tests) {
      const id = idOf(test);
      if (!isAsked(id)) continue;
      this.#space.currentTestId = id;
      const result = await this.#runOne(test, id);
      this.#space.currentTestId = undefined;
      results.push(result);
      if (bail && result.status === TestStatus.Failed) break;
    }
    return results;
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = await this.#run(() => true, false);
    const { mutantCoverage } = this.#space;
    if (mutantCoverage) forgetLoading(mutantCoverage);
    // What is quick goes first: a mutant needs one test that fails.
    const timeOf = new Map(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    this.#tests = this.#tests
      .filter((test) => timeOf.get(idOf(test))! <= this.#longestMs)
      .toSorted((one, other) => timeOf.get(idOf(one))! - timeOf.get(idOf(other))!);
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, hitLimit } = options;
    if (Number(activeMutant.id) % this.#every)
      return { status: MutantRunStatus.Error, errorMessage: 'It is not in the sample' };
    const space = this.#space;
    Object.assign(space, { activeMutant: activeMutant.id, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const tests = await this.#run((id) => !testFilter || testFilter.includes(id), true);
    const late = determineHitLimitReached(space.hitCount, hitLimit);
    space.activeMutant = undefined;
    return toMutantRunResult(late ?? { status: DryRunStatus.Complete, tests });
  }

  async dispose(): Promise<void> {
    for (const end of this.#after) await end();
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'loaded', LoadedTests)];
