import { describe, expect, test } from 'vitest';
import type { Provider } from '#providers/provider.ts';
import type { Signing } from '#signing/signing.ts';
import { createRecord } from '../../test/records.ts';
import { decide, type Circumstances, type Decision } from './decide.ts';
import type { Failure } from './failure.ts';

const now = 1_795_000_000_000;
const hourMs = 3_600_000;
const file = { digest: 'd', bytes: 1 };

const { signing } = createRecord();
const submitting: Signing = { ...signing, status: 'submitting' };
const signed: Signing = { ...signing, status: 'signed', outputs: { document: file }, signedAt: now };
const conservation = { ...file, issuedAt: '2026-11-18T00:00:00Z', issuer: 'troubled', accredited: false };
const states = {
  accepted: signing,
  submitting,
  'submitting, not found once': { ...submitting, lookups: 1 },
  'submitting, taken': { ...submitting, takenAt: now },
  'signed, both outputs pending': signed,
  'conserved, key certificate pending': {
    ...signed,
    status: 'conserved',
    outputs: { document: file, conservationCertificate: conservation },
  },
  'signed, nothing pending': {
    ...signed,
    outputs: { document: file, conservationCertificate: conservation, keyCertificate: file },
  },
} satisfies Record<string, Signing>;

const doubts = { file, findings: { parsed: false }, observation: { kind: 'verified', data: {} } } as const;
const failures = {
  refused: { kind: 'refused', problem: 'provider-refused', code: 'no' },
  'not signed': { kind: 'not-signed', waitMs: 0, problem: 'provider-credentials', code: 'expired' },
  unknown: { kind: 'unknown', waitMs: 0, code: 'ECONNRESET' },
  'not there yet': { kind: 'not-there-yet' },
  'not found': { kind: 'not-found', quarantineMs: 5_000 },
  'not believed': { kind: 'not-believed', doubts },
} satisfies Record<string, Failure>;

/** What is decided at the longest pauses, which are two seconds after the first try. */
const decided = (state: Signing, failure: Failure, changes: Partial<Circumstances> = {}): Decision =>
  decide(state, failure, { repeats: 'key', now, outputDeadlineMs: hourMs, random: () => 1, ...changes });

const inMs = 2_000;

const retry = { do: 'retry', attempts: 1, inMs } as const;
const review = { do: 'review' } as const;
const fail = { do: 'fail', problem: 'provider-refused', code: 'no' } as const;
const cause = { problem: 'provider-credentials', code: 'expired' } as const;
const startAgain = { do: 'start-again', attempts: 1, cause, inMs } as const;
const sendAgain = { do: 'start-again', attempts: 0, cause: {} } as const;
const lookUpAgain = { do: 'look-up-again', inMs: 5_000 } as const;
const doubted = { do: 'review', doubts } as const;
/** The other output, which was asked for as often, is next. */
const askOther = { do: 'ask-later', output: 'conservationCertificate', asked: 1 } as const;
const askLater = { do: 'ask-later', output: 'keyCertificate', asked: 1, inMs } as const;
const giveUp = { do: 'give-up', problem: 'provider-refused', code: 'no' } as const;

type Expected = Decision | Partial<Record<Provider['repeats'], Decision>>;
type State = keyof typeof states;
type Kind = keyof typeof failures;

/** What cannot happen is not there: before it is signed, only a provider that is called can fail in each way. */
const table: [State, Kind, Expected][] = [
  ['accepted', 'refused', fail],
  ['accepted', 'not signed', retry],

  ['submitting', 'refused', fail],
  ['submitting', 'not signed', startAgain],
  ['submitting', 'unknown', { key: retry, lookup: retry, none: review }],
  ['submitting', 'not found', { lookup: lookUpAgain }],
  ['submitting', 'not believed', doubted],

  ['submitting, not found once', 'refused', fail],
  ['submitting, not found once', 'unknown', { lookup: retry }],
  ['submitting, not found once', 'not found', { lookup: sendAgain }],
  ['submitting, not found once', 'not believed', { lookup: doubted }],

  ['submitting, taken', 'unknown', { lookup: retry }],
  ['submitting, taken', 'not there yet', { lookup: retry }],
  ['submitting, taken', 'not believed', { lookup: doubted }],

  ['signed, both outputs pending', 'refused', { ...giveUp, output: 'conservationCertificate' }],
  ['signed, both outputs pending', 'not signed', askOther],
  ['signed, both outputs pending', 'unknown', askOther],
  ['signed, both outputs pending', 'not there yet', askOther],

  ['conserved, key certificate pending', 'refused', { ...giveUp, output: 'keyCertificate' }],
  ['conserved, key certificate pending', 'not signed', askLater],
  ['conserved, key certificate pending', 'unknown', askLater],
  ['conserved, key certificate pending', 'not there yet', askLater],

  ['signed, nothing pending', 'refused', retry],
  ['signed, nothing pending', 'unknown', retry],
];

const repeats = ['key', 'lookup', 'none'] as const;
const rows = table.flatMap(([state, failure, expected]) =>
  repeats.flatMap((repeat) => {
    const decision = 'do' in expected ? expected : expected[repeat];
    return decision ? [[state, failure, repeat, decision] as const] : [];
  }),
);

test.each(rows)('%s, %s, a provider that repeats by %s: %o', (state, failure, repeat, decision) => {
  expect(decided(states[state], failures[failure], { repeats: repeat })).toEqual(decision);
});

describe('tries come to an end', () => {
  const [last, after] = [{ attempts: 29 }, { attempts: 30 }];

  test('what was surely not signed fails after thirty tries, by what kept it from being signed', () => {
    const failure = failures['not signed'];
    expect(decided({ ...submitting, ...last }, failure)).toMatchObject({ do: 'start-again', attempts: 30 });
    expect(decided({ ...submitting, ...after }, failure)).toEqual({ do: 'fail', ...cause });
    expect(decided({ ...signing, ...after }, failure)).toEqual({ do: 'fail', ...cause });
    const unexplained = decided({ ...submitting, ...after }, { kind: 'not-signed', waitMs: 0 });
    expect(unexplained).toEqual({ do: 'fail', problem: 'signing-failed', code: undefined });
  });

  test('what may have been signed is left to a person after thirty tries', () => {
    expect(decided({ ...submitting, ...last }, failures.unknown)).toMatchObject({ do: 'retry', attempts: 30 });
    expect(decided({ ...submitting, ...after }, failures.unknown)).toEqual(review);
  });

  test('what was taken is waited for until the deadline, in however many tries', () => {
    const taken = { ...submitting, attempts: 99, takenAt: now - hourMs };
    const [failure, repeats] = [failures['not there yet'], 'lookup'] as const;
    expect(decided(taken, failure, { repeats })).toMatchObject({ do: 'retry', attempts: 100 });
    expect(decided(taken, failure, { repeats, now: now + 1 })).toEqual(review);
  });

  test('an output is asked for until the deadline, and then given up by what failed last', () => {
    const old = { ...signed, signedAt: now - hourMs };
    const late = { now: now + 1 };
    const overdue = { do: 'give-up', output: 'conservationCertificate', problem: 'output-overdue' };
    expect(decided(old, failures.unknown)).toEqual(askOther);
    expect(decided(old, failures.unknown, late)).toEqual({ ...overdue, code: 'ECONNRESET' });
    expect(decided(old, failures['not there yet'], late)).toEqual({ ...overdue, code: undefined });
    expect(decided(old, failures.refused, late)).toEqual({ ...giveUp, output: 'conservationCertificate' });
  });
});

test('there is no pause before an output that was asked for less often than the one that failed', () => {
  const keyCertificate = { asked: 1 };
  const once = { ...signed, standings: { keyCertificate, conservationCertificate: { asked: 1 } } };
  expect(decided(once, failures.unknown)).toEqual({ ...askOther, asked: 2 });
  const twice = { ...signed, standings: { keyCertificate, conservationCertificate: { asked: 2 } } };
  expect(decided(twice, failures.unknown)).toEqual({ ...askLater, asked: 2, inMs: 4_000 });
});

describe('pauses', () => {
  test.each([
    [0, 2_000],
    [1, 4_000],
    [5, 64_000],
    [20, hourMs],
  ])('after %i tries are at most %i milliseconds, and not the same for all', (attempts, longest) => {
    const state = { ...submitting, attempts };
    expect(decided(state, failures.unknown)).toMatchObject({ inMs: longest });
    expect(decided(state, failures.unknown, { random: () => 0 })).toMatchObject({ inMs: longest / 2 });
  });

  test('are as long as the neighbour wants, up to an hour', () => {
    const unknown = { kind: 'unknown', waitMs: 90_000 } as const;
    expect(decided(submitting, unknown)).toMatchObject({ do: 'retry', inMs: 90_000 });
    expect(decided(submitting, { ...unknown, waitMs: 9 * hourMs })).toMatchObject({ do: 'retry', inMs: hourMs });
    const notSigned = decided(submitting, { kind: 'not-signed', waitMs: 90_000 });
    expect(notSigned).toMatchObject({ do: 'start-again', inMs: 90_000 });
    const output = decided(states['conserved, key certificate pending'], unknown);
    expect(output).toMatchObject({ do: 'ask-later', inMs: 90_000 });
  });
});
