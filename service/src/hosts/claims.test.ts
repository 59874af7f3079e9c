import { SigningsToken, SigningToken, type FaultyMember } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import type { Problem } from '#problem.ts';
import { createClaims } from '../../test/records.ts';
import { readClaims } from './claims.ts';

const faultsOf = (
  changes: object,
  schema: typeof SigningToken | typeof SigningsToken = SigningToken,
): FaultyMember[] => {
  try {
    readClaims({ ...createClaims(), ...changes }, schema);
  } catch (error) {
    const { type, errors } = error as Problem;
    expect(type).toBe('token-claims');
    return [...errors!];
  }
  return [];
};

test.each([
  ['sequnce', 'sequence'],
  ['Sequence', 'sequence'],
  ['placment', 'placement'],
  ['polcy', 'policy'],
  ['lcoale', 'locale'],
  ['identifer', 'identifier'],
  ['signatary', 'signatory'],
  ['documents', 'document'],
])('a claim named %s is refused, and %s is named', (name, meant) => {
  const [fault, ...others] = faultsOf({ [name]: 1 });
  expect(others).toEqual([]);
  expect(fault).toMatchObject({ pointer: `#/${name}` });
  expect(fault!.detail).toContain(`did you mean ${meant}?`);
});

test('a claim that is like none is told how to be named', () => {
  expect(faultsOf({ branch: 7 })[0]!.detail).toContain('a namespace');
});

test.each(['nonce', 'cnf', 'amr', 'name', 'client_id', 'azp', 'sid'])('the registered claim %s passes', (name) => {
  expect(faultsOf({ [name]: 'something' })).toEqual([]);
});

test.each(['https://bank.example/branch', 'example.bank.branch', 'urn:bank:branch', crypto.randomUUID()])(
  'a claim with a namespace passes: %s',
  (name) => expect(faultsOf({ [name]: 'something' })).toEqual([]),
);

test('within a claim the nearest is named as well, and where each fault is', () => {
  const signatory = { givenNam: 'Ana', email: 'nobody' };
  const faults = faultsOf({ signatory, sequence: { position: 2, off: 3 } });
  expect(faults.map(({ pointer }) => pointer).sort()).toEqual([
    '#/sequence/of',
    '#/sequence/off',
    '#/signatory/email',
    '#/signatory/givenNam',
    '#/signatory/givenName',
  ]);
  const text = faults.map(({ detail }) => detail).join();
  expect(text).toContain('did you mean signatory.givenName?');
  expect(text).toContain('did you mean sequence.of?');
  expect(text).not.toContain('nobody');
});

test('what is a claim of another kind of token is not mistyped', () => {
  expect(faultsOf({ scope: 'signings' }, SigningsToken)).toEqual([]);
});

test('a name with slashes and tildes is pointed at as RFC 6901 has it', () => {
  expect(faultsOf({ 'a~b c': 1 })[0]!.pointer).toBe('#/a~0b%20c');
});
