import type { SigningView } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createRecord } from '../../../test/records.ts';
import type { Agreement } from './agreement.ts';
import { toSummary } from './view.ts';

const { signing } = createRecord({ sequence: { position: 1, of: 2 } });
const { identifier } = signing;
const viewWith = (state: string, name: string) =>
  ({ outputs: { document: { state }, name } }) as unknown as SigningView;

test('an open agreement is told by whose turn it is', () => {
  expect(toSummary({ identifier, agreement: undefined, signings: [signing], views: [] })).toEqual({
    identifier,
    sequence: { position: 1, of: 2, state: 'open' },
  });
});

test('the outputs are those of the last who signed', () => {
  const views = [viewWith('issued', 'first'), viewWith('issued', 'second'), viewWith('pending', 'third')];
  const { outputs } = toSummary({ identifier, agreement: undefined, signings: [signing], views });
  expect(outputs).toEqual(views[1]!.outputs);
});

const withdrawn: Agreement = {
  host: 'bank',
  identifier,
  state: 'ended',
  reason: 'withdrawn',
  withdrawnAt: 0,
  withdrawReason: 'Otra oferta',
};

test('a withdrawal is told with its time and the host’s words', () => {
  const told = (agreement: Agreement) => toSummary({ identifier, agreement, signings: [signing], views: [] });
  expect(told(withdrawn)).toEqual({
    identifier,
    sequence: { position: 1, of: 2, state: 'ended' },
    reason: 'withdrawn',
    withdrawal: { at: '1970-01-01T00:00:00.000Z', reason: 'Otra oferta' },
  });
  expect(told({ ...withdrawn, withdrawReason: null }).withdrawal).toEqual({ at: '1970-01-01T00:00:00.000Z' });
});

test('why it ended is read from its signings where no record says so', () => {
  const signings = [{ ...signing, status: 'declined' as const }];
  expect(toSummary({ identifier, agreement: undefined, signings, views: [] })).toMatchObject({ reason: 'declined' });
});
