import { expect, test } from 'vitest';
import { createChanges } from './changes.ts';

test('who listens is told of one signing’s changes, until they no longer listen', () => {
  const changes = createChanges();
  const told: string[] = [];
  const endFirst = changes.listen('one', () => told.push('first'));
  const endSecond = changes.listen('one', () => told.push('second'));
  changes.announce('one');
  changes.announce('two');
  expect(told).toEqual(['first', 'second']);
  endFirst();
  changes.announce('one');
  expect(told).toEqual(['first', 'second', 'second']);
  endSecond();
  changes.announce('one');
  expect(told).toHaveLength(3);
});

test('who listens after the last one has gone is told', () => {
  const changes = createChanges();
  const told: string[] = [];
  const end = changes.listen('one', () => told.push('gone'));
  end();
  changes.listen('one', () => told.push('there'));
  changes.announce('one');
  expect(told).toEqual(['there']);
});
