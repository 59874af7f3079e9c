import { expect, test } from 'vitest';
import { createBudget, mostObjects, requireCount, requireRoom } from './bounds.ts';
import { EncryptedFault, Fault, ImpossibleFault, LimitFault } from './fault.ts';

test('a count is whole, not below nothing, and no larger than what holds it', () => {
  expect([requireCount(0, 0), requireCount(7, 7)]).toEqual([0, 7]);
  for (const count of [undefined, -1, 1.5, Number.NaN, 2 ** 60])
    expect(() => requireCount(count, 10)).toThrow(new Fault('A count is no count'));
  expect(() => requireCount(8, 7)).toThrow(ImpossibleFault);
});

test('a budget is used up to the last, in all its parts together', () => {
  const take = createBudget(10);
  take(4);
  take(6);
  expect(() => take(1)).toThrow(ImpossibleFault);
});

test('there is room for so many objects, and no more', () => {
  expect(() => requireRoom({ size: mostObjects - 1 })).not.toThrow();
  expect(() => requireRoom({ size: mostObjects })).toThrow(LimitFault);
});

test('each fault is one, and is named in what is logged', () => {
  for (const one of [new Fault('x'), new EncryptedFault('x'), new LimitFault('x'), new ImpossibleFault('x')])
    expect([one instanceof Fault, String(one)]).toEqual([true, `${one.constructor.name}: x`]);
});
