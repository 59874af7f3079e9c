import { expect, test } from 'vitest';
import { createRecord } from '../../test/records.ts';
import { digestOf } from './digest.ts';
import { resolveReview } from './resolve.ts';
import type { Signing } from './signing.ts';

const fileOf = (content: string) => ({ digest: digestOf(content), bytes: content.length });
const doubted = fileOf('doubted');
const inReview: Signing = {
  ...createRecord().signing,
  status: 'review',
  outputs: { doubted },
  standings: { document: { problem: 'signing-failed' } },
};

test('what was signed goes on with its outputs, and with what was found of them', () => {
  const outputs = { document: fileOf('signed'), keyCertificate: fileOf('certificate') };
  const findings = { keepsOriginal: true, coversAll: false };
  const told = { document: outputs.document, 'key-certificate': outputs.keyCertificate };
  const { signing, observation } = resolveReview(inReview, { outcome: 'signed', outputs, findings }, 7);
  expect(signing).toEqual({
    ...inReview,
    status: 'signed',
    outputs: { doubted, ...outputs },
    standings: {},
    signedAt: 7,
  });
  expect(observation).toEqual({ kind: 'resolved', data: { outcome: 'signed', ...told, ...findings } });
});

test('what was not signed is tried again', () => {
  const { signing, observation } = resolveReview(inReview, { outcome: 'not-signed' }, 7);
  expect(signing).toEqual({ ...inReview, status: 'accepted' });
  expect(observation).toEqual({ kind: 'resolved', data: { outcome: 'not-signed' } });
});

test('what has failed ends, and says why', () => {
  const { signing, observation } = resolveReview(inReview, { outcome: 'failed' }, 7);
  expect(signing).toEqual({ ...inReview, status: 'failed', problem: 'signing-failed' });
  expect(observation).toEqual({ kind: 'resolved', data: { outcome: 'failed', problem: 'signing-failed' } });
});

test('only what is in review is resolved', () => {
  const refused = expect.objectContaining({ type: 'not-in-review' });
  expect(() => resolveReview({ ...inReview, status: 'submitting' }, { outcome: 'failed' }, 7)).toThrow(refused);
});
