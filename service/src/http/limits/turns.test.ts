import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('one holder’s work waits for its own alone, first come first', async () => {
  const turns = createTurns(1);
  const order: string[] = [];
  const endOf = new Map<string, () => void>();
  const work = (holder: string, name: string) =>
    turns(holder, async () => {
      order.push(name);
      await new Promise<void>((resolve) => endOf.set(name, resolve));
    });
  const all = [work('one', 'a'), work('one', 'b'), work('one', 'c'), work('other', 'd')];
  await Promise.resolve();
  expect(order).toEqual(['a', 'd']);
  for (const name of ['a', 'b', 'c', 'd']) {
    await expect.poll(() => endOf.has(name)).toBe(true);
    endOf.get(name)!();
  }
  await Promise.all(all);
  expect(order).toEqual(['a', 'd', 'b', 'c']);
});

test('work that fails hands its turn on', async () => {
  const turns = createTurns(1);
  await expect(turns('one', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await turns('one', async () => 'done')).toBe('done');
});
