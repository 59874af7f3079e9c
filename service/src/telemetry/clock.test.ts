import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock, type Clock } from './clock.ts';
import { createLog } from './log.ts';

const hourMs = 3_600_000;
const start = new Date('2026-11-28T12:00:00Z');
const bounds = { from: new Date(start.getTime() - hourMs), to: new Date(start.getTime() + 1_000 * hourMs) };

const lines: { level: string; message: string; movedMs?: number }[] = [];
let clock: Clock;
beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  lines.length = 0;
  clock = createClock({ log: createLog((line) => lines.push(JSON.parse(line))) });
});
afterEach(() => {
  clock.close();
  vi.useRealTimers();
});

test('times from before the authority, and after it, are not believed', () => {
  clock.bound(bounds);
  expect(clock.now()).toEqual(start);
  vi.setSystemTime(bounds.from.getTime() - 1);
  expect(clock.now).toThrow(expect.objectContaining({ type: 'clock-wrong' }));
  vi.setSystemTime(bounds.to.getTime() + 1);
  expect(clock.now).toThrow(expect.objectContaining({ type: 'clock-wrong' }));
  vi.setSystemTime(bounds.from);
  expect(clock.now()).toEqual(bounds.from);
});

test('a start at such a time says how the clock is to be set', () => {
  vi.setSystemTime(bounds.from.getTime() - hourMs);
  expect(() => clock.bound(bounds)).toThrow(
    'the clock of this machine says 2026-11-28T10:00:00.000Z, and the authority began at 2026-11-28T11:00:00.000Z: set the clock right, and start again',
  );
  vi.setSystemTime(bounds.to.getTime() + hourMs);
  expect(() => clock.bound(bounds)).toThrow(/^the authority's certificates ended at .*: set the clock right, or move/);
});

test('a clock that has jumped is told once, and one that goes on is not', () => {
  vi.advanceTimersByTime(hourMs);
  expect(lines).toEqual([]);
  vi.setSystemTime(Date.now() - 2 * hourMs);
  vi.advanceTimersByTime(60_000);
  expect(lines.map(({ movedMs }) => movedMs)).toEqual([-2 * hourMs]);
  vi.setSystemTime(Date.now() + 2 * hourMs);
  vi.advanceTimersByTime(60_000);
  expect(lines.map(({ movedMs }) => movedMs)).toEqual([-2 * hourMs, 2 * hourMs]);
});
