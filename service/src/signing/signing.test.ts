import type { SigningStatus } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createRecord } from '../../test/records.ts';
import {
  advanceTo,
  documentKey,
  finishedStatuses,
  inputKey,
  isFinished,
  outputKey,
  ownerOf,
  type Signing,
} from './signing.ts';

const signing: Signing = createRecord().signing;
const finished = ['completed', 'declined', 'failed', 'withdrawn'];
const statuses = ['accepted', 'conserved', 'review', 'signed', 'submitting', ...finished] as SigningStatus[];

const mayFollow = (from: SigningStatus, to: SigningStatus): boolean => {
  try {
    advanceTo({ ...signing, status: from }, to);
    return true;
  } catch {
    return false;
  }
};

test.each<[SigningStatus, string[]]>([
  ['accepted', ['failed', 'submitting', 'withdrawn']],
  ['submitting', ['accepted', 'failed', 'review', 'signed', 'submitting']],
  ['review', ['accepted', 'failed', 'signed']],
  ['signed', ['completed', 'conserved', 'signed']],
  ['conserved', ['completed', 'conserved']],
  ...(finished as SigningStatus[]).map((status): [SigningStatus, string[]] => [status, []]),
])('after %s comes one of %j', (from, following) => {
  expect(statuses.filter((to) => mayFollow(from, to)).sort()).toEqual(following);
  expect(isFinished(from)).toBe(following.length === 0);
});

test('the finished statuses are those after which nothing comes', () => {
  expect([...finishedStatuses].sort()).toEqual(finished);
});

test('with another status, what was of the step before is gone, and what changes is there', () => {
  const before: Signing = { ...signing, attempts: 3, lookups: 2, takenAt: 5, problem: 'signing-failed' };
  const begun = { ...before, attempts: 0, lookups: 0, takenAt: null, problem: null, status: 'submitting' };
  expect(advanceTo(before, 'submitting')).toEqual(begun);
  expect(advanceTo(before, 'submitting', { takenAt: 9, status: 'failed' })).toEqual({ ...begun, takenAt: 9 });
});

const digest = '0123456789abcdef'.repeat(4);

test('files lie under whom they are of', () => {
  expect(documentKey('bank', digest)).toBe(`documents/bank/${digest}`);
  expect(outputKey('one', digest)).toBe(`signings/one/${digest}`);
  expect(inputKey({ host: 'bank', input: { digest, signingId: null } })).toBe(documentKey('bank', digest));
  expect(inputKey({ host: 'bank', input: { digest, signingId: 'one' } })).toBe(outputKey('one', digest));
});

test('a key says whose file it is', () => {
  expect(ownerOf(documentKey('bank', digest))).toEqual({ kind: 'document', host: 'bank', digest });
  expect(ownerOf(outputKey('one', digest))).toEqual({ kind: 'output', signingId: 'one', digest });
  expect(ownerOf(`${outputKey('one', digest)}.${crypto.randomUUID()}`)).toEqual({ kind: 'part' });
});

test.each([
  `old/${documentKey('bank', digest)}`,
  documentKey('bank/branch', digest),
  documentKey('', digest),
  `${documentKey('bank', digest)}.old`,
  `${documentKey('bank', digest)}x`,
  documentKey('bank', digest.toUpperCase()),
  documentKey('bank', digest.slice(1)),
  `backups/bank/${digest}`,
])('the key %s is nobody’s', (key) => {
  expect(ownerOf(key)).toBeUndefined();
});
