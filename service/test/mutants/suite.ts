import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as Vitest from 'vitest';

/**
 * What a test imports as vitest while mutants are looked at: it only notes what there is to run, so that a run costs what
 * the tests themselves cost, and no loading.
 */

type Check = (...values: unknown[]) => unknown;

export interface NotedTest {
  name: string;
  file: string;
  run: () => unknown;
}

/** Each loaded module of tests, and what it wants before and after. */
export const noted: NotedTest[] = [];
export const before: Check[] = [];
export const after: Check[] = [];

let file = '';
/** Whose tests are noted from now on. */
export const nameFile = (name: string): void => {
  file = name;
};

/** `%s` and `$name`, as vitest writes them; the place makes each name one of its own. */
const titleOf = (title: string, row: unknown, at: number): string => {
  const values: unknown[] = Array.isArray(row) ? [...(row as unknown[])] : [row];
  const own = Object(values[0]) as Record<string, unknown>;
  const text = title
    .replaceAll(/%[sidjo]/g, () => String(values.shift()))
    .replaceAll(/\$(\w+)/g, (_, key: string) => String(own[key]));
  return `${text} [${at}]`;
};

const note = (name: string, run: () => unknown): void => {
  noted.push({ name, file, run });
};

const each =
  (rows: readonly unknown[]) =>
  (title: string, check: Check): void => {
    for (const [at, row] of rows.entries())
      note(titleOf(title, row, at), () => (Array.isArray(row) ? check(...(row as unknown[])) : check(row)));
  };

const skipIf =
  (skipped: unknown) =>
  (name: string, check: Check): void => {
    if (!skipped) note(name, check);
  };

export const test = Object.assign((name: string, check: Check) => note(name, check), { each, skipIf });
export const beforeAll = (check: Check): number => before.push(check);
export const afterAll = (check: Check): number => after.push(check);

const real = pathToFileURL(createRequire(import.meta.url).resolve('vitest/package.json'));
const { expect } = (await import(new URL('dist/index.js', real).href)) as typeof Vitest;
export { expect };
