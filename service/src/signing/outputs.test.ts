import type { SigningStatus } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createRecord } from '../../test/records.ts';
import { digestOf } from './digest.ts';
import { askedFor, listPending, stateOf } from './outputs.ts';
import type { Signing } from './signing.ts';

const accepted: Signing = createRecord().signing;
const first: Signing = createRecord({ sequence: { position: 1, of: 2 } }).signing;
const file = { digest: digestOf('file'), bytes: 4 };

test('an output is pending until it is there', () => {
  expect(stateOf(accepted, 'document')).toBe('pending');
  expect(stateOf({ ...accepted, outputs: { document: file } }, 'document')).toBe('issued');
});

test.each<SigningStatus>(['failed', 'declined', 'withdrawn'])('of what has %s no output comes any more', (status) => {
  expect(stateOf({ ...accepted, status }, 'document')).toBe('failed');
  expect(stateOf({ ...accepted, status, outputs: { document: file } }, 'document')).toBe('issued');
});

test('an output with a problem has failed, even where it came', () => {
  const standings = { keyCertificate: { problem: 'signing-failed' } } as const;
  expect(stateOf({ ...accepted, standings, outputs: { keyCertificate: file } }, 'keyCertificate')).toBe('failed');
});

test('what is conserved is the document of the last signatory', () => {
  expect(stateOf(first, 'conservationCertificate')).toBe('later');
  expect(stateOf(first, 'keyCertificate')).toBe('pending');
  const last = createRecord({ sequence: { position: 2, of: 2 } }).signing;
  expect(stateOf(last, 'conservationCertificate')).toBe('pending');
});

test('what was asked for the least is asked for next', () => {
  expect(listPending(accepted)).toEqual(['conservationCertificate', 'keyCertificate']);
  const asked: Signing = {
    ...accepted,
    standings: { conservationCertificate: { asked: 2 }, keyCertificate: { asked: 1 } },
  };
  expect(listPending(asked)).toEqual(['keyCertificate', 'conservationCertificate']);
  expect([askedFor(asked, 'conservationCertificate'), askedFor(accepted, 'keyCertificate')]).toEqual([2, 0]);
  expect(listPending(first)).toEqual(['keyCertificate']);
});
