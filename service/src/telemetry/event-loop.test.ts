import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchEventLoop } from './event-loop.ts';

const block = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

test('a loop that is late every time is late, and one that was late once is not', async () => {
  const loop = watchEventLoop(10, 3);
  for (let turn = 0; turn < 6; turn += 1) {
    block(60);
    await wait(0);
  }
  expect(loop.lagMs()).toBeGreaterThan(30);
  await wait(100);
  block(60);
  await wait(30);
  expect(loop.lagMs()).toBeLessThan(30);
  loop.close();
});
