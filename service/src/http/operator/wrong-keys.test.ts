import { expect, test } from 'vitest';
import { createWrongKeys } from './wrong-keys.ts';

const limited = (retryAfterSeconds: number) => expect.objectContaining({ type: 'rate-limited', retryAfterSeconds });

test('each wrong key beyond a few doubles the wait, up to a minute, for that address alone', () => {
  const time = { now: 0 };
  const keys = createWrongKeys({ nowMs: () => time.now });
  const waits: number[] = [];
  for (let wrong = 0; wrong < 14; wrong += 1) {
    keys.requirePatience('one');
    keys.count('one');
    let seconds = 0;
    for (let waiting = true; waiting;) {
      try {
        keys.requirePatience('one');
        waiting = false;
      } catch {
        time.now += 1_000;
        seconds += 1;
      }
    }
    waits.push(seconds);
  }
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  keys.count('one');
  expect(() => keys.requirePatience('one')).toThrow(limited(60));
  keys.requirePatience('other');
  keys.forget('one');
  keys.requirePatience('one');
});

test('of many addresses the one that was wrong longest ago is forgotten', () => {
  const keys = createWrongKeys({ free: 1, mostAddresses: 2, nowMs: () => 0 });
  for (const address of ['a', 'b', 'c']) keys.count(address);
  keys.requirePatience('a');
  for (const address of ['b', 'c']) expect(() => keys.requirePatience(address)).toThrow(limited(1));
});
