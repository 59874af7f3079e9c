import { expect, test } from 'vitest';
import { Problem } from '#problem.ts';
import { createLog, toCause } from './log.ts';

const createLines = () => {
  const lines: { message: string; repeated?: number }[] = [];
  return { lines, log: createLog((line) => lines.push(JSON.parse(line))) };
};

test('what storage that is full makes fail is logged once, and not for each try', () => {
  const { lines, log } = createLines();
  const full = new Problem('storage-full');
  for (let tries = 0; tries < 507; tries += 1)
    log.error('advancing failed', { signing: `${tries}`, error: toCause(full) });
  log.error('a request failed', { problem: 'storage-unavailable', error: toCause(new Error('SQLITE_FULL')) });
  log.error('a step failed', { error: toCause(new Error('wrapped', { cause: full })) });
  expect(lines.map(({ message }) => message)).toEqual(['advancing failed', 'a request failed', 'a step failed']);
});

test('anything else is logged each time', () => {
  const { lines, log } = createLines();
  const busy = { problem: 'overloaded', error: toCause(new Error('busy')) };
  for (let tries = 0; tries < 3; tries += 1) log.error('a request failed', busy);
  for (let tries = 0; tries < 3; tries += 1) log.info('answered', { problem: 'storage-unavailable', status: 503 });
  expect(lines).toHaveLength(6);
});
