import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { casesOf, parts } from './cases.ts';

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
const texts = files.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
const fuzzed = texts.flatMap((text) => [...text.matchAll(/^fuzz\('([^']+)'/gm)].map(([, part]) => part!));

test('every part is fuzzed once, in full with 100,000 cases or more in all', () => {
  expect(fuzzed.sort()).toEqual(parts.toSorted());
  expect(parts.reduce((sum, part) => sum + casesOf(part, 'full'), 0)).toBeGreaterThanOrEqual(100_000);
});
