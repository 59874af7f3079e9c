import { expect, test } from 'vitest';
import { createSemaphore } from './semaphore.ts';

const overloaded = expect.objectContaining({ type: 'overloaded' });

test('one holder has its share at most, and leaves the rest to others', () => {
  const semaphore = createSemaphore({ most: 10, mostEach: 6 });
  const one = semaphore.hold('one');
  one.take(6);
  expect(() => one.take(1)).toThrow(overloaded);
  expect(() => semaphore.hold('one')).toThrow(overloaded);
  const other = semaphore.hold('other');
  other.take(4);
  expect(() => semaphore.hold('third')).toThrow(overloaded);
  one.release();
  // Given back once, however often that is said.
  one.release();
  other.take(2);
  semaphore.hold('third').take(4);
  expect(() => other.take(1)).toThrow(overloaded);
});

test('what counts is what was taken, and what came unasked counts against what comes next', () => {
  const semaphore = createSemaphore({ most: 10 });
  const slow = semaphore.hold('slow');
  semaphore.hold('other').take(10);
  slow.add(5);
  expect(() => slow.take(1)).toThrow(overloaded);
});

test('more than the whole is taken where nothing else is in use', async () => {
  const semaphore = createSemaphore({ most: 10, mostEach: 5 });
  expect(await semaphore.during('one', 20, async () => 'done')).toBe('done');
  semaphore.hold('one').take(20);
  expect(() => semaphore.hold('other')).toThrow(overloaded);
});
