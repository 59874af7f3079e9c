import { expect, test } from 'vitest';
import { Hosts } from './host.ts';

const jwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
const secret = 'a shared secret of forty characters, long';
const host = (changes: object = {}) => ({
  id: 'bank',
  name: 'Banco de Ejemplo',
  issuer: 'https://bank.example',
  verification: { jwks: { keys: [jwk] } },
  origins: ['https://bank.example', 'http://localhost:8081'],
  ...changes,
});

const accepts = (...hosts: object[]): boolean => Hosts.safeParse({ hosts }).success;

test('hosts with keys, with an address of keys and with a secret are taken, each with its algorithms', () => {
  const { hosts } = Hosts.parse({
    hosts: [
      host(),
      host({ id: 'b', issuer: 'b', verification: { jwksUri: 'https://b.example/jwks', algorithms: ['EdDSA'] } }),
      host({ id: 'c', issuer: 'c', verification: { jwksUri: 'http://localhost:8081/jwks', allowPrivate: true } }),
      host({ id: 'd', issuer: 'd', verification: { secret } }),
    ],
  });
  expect(hosts.map(({ verification }) => verification.algorithms)).toEqual([
    ['ES256'],
    ['EdDSA'],
    ['ES256'],
    ['HS256'],
  ]);
});

test.each<[string, object]>([
  ['a short secret', { verification: { secret: 'x'.repeat(31) } }],
  ['a secret for a key pair’s algorithm', { verification: { secret, algorithms: ['ES256'] } }],
  ['keys for a secret’s algorithm', { verification: { jwks: { keys: [jwk] }, algorithms: ['HS256'] } }],
  ['keys for both', { verification: { jwks: { keys: [jwk] }, algorithms: ['ES256', 'HS256'] } }],
  ['a secret and keys', { verification: { secret, jwks: { keys: [jwk] } } }],
  ['the algorithm none', { verification: { jwks: { keys: [jwk] }, algorithms: ['none'] } }],
  ['no algorithm for keys', { verification: { jwks: { keys: [jwk] }, algorithms: [] } }],
  ['no algorithm for a secret', { verification: { secret, algorithms: [] } }],
  ['no key', { verification: { jwks: { keys: [] } } }],
  ['no verification', { verification: undefined }],
  ['keys by plain HTTP from elsewhere', { verification: { jwksUri: 'http://bank.example/jwks' } }],
  ['keys by plain HTTP', { verification: { jwksUri: 'http://bank.example/jwks' } }],
  ['keys from this machine', { verification: { jwksUri: 'https://127.0.0.1/jwks' } }],
  ['keys from a private network', { verification: { jwksUri: 'https://[fd00::1]/jwks' } }],
  ['keys from a file', { verification: { jwksUri: 'file:///etc/hosts' } }],
  ['an origin with a path', { origins: ['https://bank.example/page'] }],
  ['an origin with a slash', { origins: ['https://bank.example/'] }],
  ['an origin with its own port', { origins: ['https://bank.example:443'] }],
  ['any origin', { origins: ['*'] }],
  ['an id that leads out of a folder', { id: '../bank' }],
  ['a misspelt member', { orgins: [] }],
  ['a provider that is no name', { provider: 1 }],
  ['a webhook without a secret', { webhook: { url: 'https://bank.example/', secrets: [] } }],
])('%s is a fault', (_name, changes) => {
  expect(accepts(host())).toBe(true);
  expect(accepts(host(changes))).toBe(false);
});

test('two hosts have neither the same id nor the same issuer', () => {
  expect(accepts(host(), host({ id: 'other', issuer: 'other' }))).toBe(true);
  expect(accepts(host(), host({ issuer: 'other' }))).toBe(false);
  expect(accepts(host(), host({ id: 'other' }))).toBe(false);
  expect(accepts()).toBe(false);
});

const withFindings = (findings: object): boolean => accepts(host({ findings }));

test('what becomes of a finding is one of three things, and what cannot be made harmless is not normalised', () => {
  expect(withFindings({ javascript: 'tell', 'layers-differ': 'normalise', 'embedded-files': 'refuse' })).toBe(true);
  expect(withFindings({ javascript: 'normalise' })).toBe(false);
  expect(withFindings({ javascript: 'ignore' })).toBe(false);
  expect(withFindings({ script: 'tell' })).toBe(false);
});
