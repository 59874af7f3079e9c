import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchEventLoop } from './event-loop.ts';

const block = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

/** Far more than a busy machine keeps anybody waiting, in milliseconds. */
const lateMs = 300;

test('a loop that is late every time is late, and one that was late once is not', async () => {
  const loop = watchEventLoop(10, 3);
  for (let turn = 0; turn < 6; turn += 1) {
    block(lateMs);
    await wait(0);
  }
  expect(loop.lagMs()).toBeGreaterThan(lateMs / 2);
  await wait(100);
  block(lateMs);
  await wait(30);
  expect(loop.lagMs()).toBeLessThan(lateMs / 2);
  loop.close();
});
