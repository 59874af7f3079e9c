import type { SigningStatus } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createRecord } from '../../../test/records.ts';
import { digestOf } from '#signing/digest.ts';
import type { Signing } from '#signing/signing.ts';
import { endOf, isSignedByAll, stateOfSequence, turnOf } from './agreement.ts';

const document = { digest: digestOf('signed'), bytes: 6 };
const at = (position: number, status: SigningStatus, changes: Partial<Signing> = {}): Signing => ({
  ...createRecord({ sequence: { position, of: 2 } }).signing,
  status,
  ...changes,
});
const signedAt = (position: number, status: SigningStatus): Signing => at(position, status, { outputs: { document } });
const [first, second] = [signedAt(1, 'completed'), signedAt(2, 'completed')];

test('an agreement is open until all have completed', () => {
  expect(endOf([])).toBeUndefined();
  expect(endOf([first])).toBeUndefined();
  expect(endOf([first, signedAt(2, 'signed')])).toBeUndefined();
  expect(endOf([first, second])).toEqual({ state: 'completed', reason: null });
  expect(endOf([{ ...createRecord().signing, status: 'completed' }])).toEqual({ state: 'completed', reason: null });
});

test.each(['declined', 'failed', 'withdrawn'] as const)('one that has %s ends it', (reason) => {
  expect(endOf([first, at(2, reason)])).toEqual({ state: 'ended', reason });
});

test.each(['document', 'keyCertificate', 'conservationCertificate'] as const)('without its %s it has ended', (name) => {
  const lacks = { ...second, standings: { [name]: { problem: 'signing-failed' } } } as Signing;
  expect(endOf([first, lacks])).toEqual({ state: 'ended', reason: 'output-failed' });
});

test('all have signed once the last one has', () => {
  expect(isSignedByAll([first])).toBe(false);
  expect(isSignedByAll([first, at(2, 'accepted')])).toBe(false);
  expect(isSignedByAll([first, signedAt(2, 'signed')])).toBe(true);
});

test('how far all are is told', () => {
  expect(stateOfSequence([])).toBe('open');
  expect(stateOfSequence([first, at(2, 'accepted')])).toBe('open');
  expect(stateOfSequence([first, signedAt(2, 'signed')])).toBe('signed');
  expect(stateOfSequence([first, second])).toBe('completed');
  expect(stateOfSequence([first, at(2, 'declined')])).toBe('ended');
  expect(stateOfSequence([first], true)).toBe('ended');
  expect(stateOfSequence([first, second], true)).toBe('completed');
});

test('whose turn it is moves on with each signed document, and stays with the last', () => {
  expect(turnOf([])).toEqual({ position: 1, of: 1 });
  expect(turnOf([at(1, 'accepted')])).toEqual({ position: 1, of: 2 });
  expect(turnOf([first])).toEqual({ position: 2, of: 2 });
  expect(turnOf([first, second])).toEqual({ position: 2, of: 2 });
});
