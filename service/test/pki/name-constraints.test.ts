import { expect, test } from 'vitest';
import { element, explicit, implicit, integer, objectIdentifier, sequence, utf8String, type Der } from '#asn1/der.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { judgeChain } from '@tu-esign/verifier/certificates/chain.ts';
import { nameConstraintsAllow } from '@tu-esign/verifier/certificates/name-constraints.ts';
import {
  alternatives,
  authority,
  commonName,
  directoryName,
  extension,
  hostName,
  issue,
  mailAddress,
  mailName,
  nameConstraints,
  organization,
  signatory,
  today,
} from './certificates.ts';

/** What name constraints allow below the authority that has them (RFC 5280, 4.2.1.10). */

const root = issue('Raíz', { extensions: authority() });

/** What an extension of an authority's says of those below it. */
const allows = (held: Der, ...below: Certificate[]): boolean =>
  nameConstraintsAllow(issue('Con límites', { issuer: root, extensions: [...authority(), held] }).certificate, below);
const permits = (base: Der, ...below: Certificate[]): boolean => allows(nameConstraints([base]), ...below);
const excludes = (base: Der, ...below: Certificate[]): boolean => !allows(nameConstraints([], [base]), ...below);

const withNames = (...names: Der[]): Certificate =>
  issue('Persona', { issuer: root, extensions: [...signatory, alternatives(...names)] }).certificate;
const withSubject = (subject: Der, ...extensions: Der[]): Certificate =>
  issue('Persona', { issuer: root, subject, extensions }).certificate;

test.each([
  ['example.org', 'a@example.org', true],
  ['example.ORG', 'a@EXAMPLE.org', true],
  ['example.org', 'a@b.example.org', false],
  ['example.org', 'a@badexample.org', false],
  ['example.org', '"a@example.com"@example.org', true],
  ['.example.org', 'a@b.example.org', true],
  ['.Example.org', 'a@b.c.example.ORG', true],
  ['.example.org', 'a@example.org', false],
  ['.example.org', 'a@b.example.com', false],
  ['A@example.org', 'A@EXAMPLE.org', true],
  ['A@example.org', 'a@example.org', false],
  ['a@example.org', 'a@example.com', false],
  ['a@example.org', 'b@example.org', false],
])('of addresses, %s has %s among it: %s', (base, address, isWithin) => {
  expect(permits(mailName(base), withNames(mailName(address)))).toBe(isWithin);
  expect(excludes(mailName(base), withNames(mailName(address)))).toBe(isWithin);
});

test.each([
  ['', 'a.mx', true],
  ['example.org', 'example.org', true],
  ['example.ORG', 'A.EXAMPLE.org', true],
  ['example.org', 'badexample.org', false],
  ['.example.org', 'a.example.org', true],
  ['.example.org', 'example.org', false],
])('of hosts, %s has %s among it: %s', (base, host, isWithin) => {
  expect(permits(hostName(base), withNames(hostName(host)))).toBe(isWithin);
  expect(excludes(hostName(base), withNames(hostName(host)))).toBe(isWithin);
});

test.each([
  ['its beginning', [organization('PRUEBA')], true],
  ['all of it', [organization('Prueba'), commonName('persona')], true],
  ['nothing', [], true],
  ['more than it has', [organization('Prueba'), commonName('persona'), commonName('más')], false],
  ['another beginning', [organization('Otra')], false],
  ['its parts in another order', [commonName('Persona'), organization('Prueba')], false],
] as [string, Der[], boolean][])('of directories, %s: %s', (_, base, isWithin) => {
  const subject = withSubject(sequence(organization('Prueba'), commonName('Persona')));
  expect(permits(directoryName(sequence(...base)), subject)).toBe(isWithin);
  expect(excludes(directoryName(sequence(...base)), subject)).toBe(isWithin);
});

test.each([300, 70_000])('a subject of %i octets is held to constraints', (octets) => {
  const long = withSubject(sequence(organization('Prueba'), commonName('x'.repeat(octets))));
  expect(permits(directoryName(sequence(organization('Prueba'))), long)).toBe(true);
  expect(permits(directoryName(sequence(organization('Otra'))), long)).toBe(false);
});

test('who has no name of a form is not held to constraints of it', () => {
  const [mail, host] = [mailName('example.org'), hostName('example.org')];
  expect([mail, host].map((base) => permits(base, withSubject(sequence(organization('Prueba')))))).toEqual([
    true,
    true,
  ]);
  const nameless = withSubject(sequence(), alternatives(mailName('a@example.org')));
  expect(permits(directoryName(sequence(organization('Otra'))), nameless)).toBe(true);
  expect(permits(mailName('example.com'), nameless)).toBe(false);
});

test('all names must be allowed, and one of several bases is enough', () => {
  const two = withNames(mailName('a@example.org'), mailName('a@example.com'));
  expect(permits(mailName('example.org'), two)).toBe(false);
  expect(allows(nameConstraints([mailName('example.com'), mailName('example.org')]), two)).toBe(true);
  expect(allows(nameConstraints([], [mailName('example.net'), mailName('example.org')]), two)).toBe(false);
  expect(
    allows(
      nameConstraints([mailName('example.org')], [mailName('a@example.org')]),
      withNames(mailName('a@example.org')),
    ),
  ).toBe(false);
});

test('addresses in the subject count wherever they stand', () => {
  const named = withSubject(sequence(organization('Prueba'), mailAddress('a@example.com')));
  expect([permits(mailName('example.com'), named), permits(mailName('example.org'), named)]).toEqual([true, false]);
});

test.each([
  ['a.example.com', false],
  ['a_b-1.EXAMPLE.com', false],
  ['localhost', true],
  ['Ana Pérez', true],
  ['Ana a.example.com', true],
  ['a.example.com.', true],
  ['.example.com', true],
  ['a..com', true],
])('a common name %s is no host: %s', (name, isNone) => {
  const named = withSubject(sequence(commonName(name)));
  expect(permits(hostName('example.org'), named)).toBe(isNone);
  // Where hosts are named as such, a common name is only a name.
  const both = withSubject(sequence(commonName(name)), alternatives(hostName('a.example.org')));
  expect(permits(hostName('example.org'), both)).toBe(true);
  const other = withSubject(sequence(commonName(name)), alternatives(mailName('a@example.org')));
  expect(permits(hostName('example.org'), other)).toBe(isNone);
});

test('a host as a common name that is too long to be one is not allowed', () => {
  const [long, longer] = [127, 128].map((length) => withSubject(sequence(commonName(`a.${'b'.repeat(length - 2)}`))));
  const base = hostName('b'.repeat(125));
  expect([permits(base, long!), permits(base, longer!)]).toEqual([true, false]);
  const within = withSubject(sequence(commonName(`${'a'.repeat(120)}.example.org`)));
  expect(excludes(hostName('example.org'), within)).toBe(true);
});

test.each(['a\u0000@example.org', 'á@example.org', 'a@example.org\u007f', 'example.org'])(
  'an address that is none, or no text of ASCII, is not allowed',
  (text) => {
    expect(permits(mailName('example.org'), withNames(mailName(text)))).toBe(false);
    expect(excludes(mailName('example.com'), withNames(mailName(text)))).toBe(true);
  },
);

const address = implicit(7, Buffer.of(127, 0, 0, 1));
const network = implicit(7, Buffer.alloc(8));
const otherMail = explicit(0, objectIdentifier('1.3.6.1.5.5.7.8.9'), explicit(0, utf8String('á@example.org')));

test('a form that is not known here is allowed where nothing constrains it, and nowhere else', () => {
  expect([permits(network, withNames(address)), excludes(network, withNames(address))]).toEqual([false, true]);
  expect(permits(mailName('example.org'), withNames(address))).toBe(true);
});

test('another kind of address (RFC 8398) is not allowed where addresses are constrained', () => {
  const own = withNames(otherMail);
  expect([permits(mailName('example.org'), own), excludes(mailName('example.com'), own)]).toEqual([false, true]);
  expect([permits(hostName('example.org'), own), excludes(hostName('example.com'), own)]).toEqual([true, false]);
  expect(allows(nameConstraints([hostName('a.mx'), mailName('example.org')]), own)).toBe(false);
});

const constraintsOf = (...members: Der[]): Der => extension('2.5.29.30', sequence(...members), true);

test.each<[string, Der]>([
  [
    'whose subtree says how far it reaches',
    constraintsOf(explicit(0, sequence(mailName('example.org'), implicit(1, Buffer.of(1))))),
  ],
  ['whose subtree has no base', constraintsOf(explicit(0, sequence()))],
  ['whose subtree is none', constraintsOf(explicit(1, integer(1)))],
  ['that are nothing', extension('2.5.29.30', element(0x30, Buffer.of(0x30)), true)],
])('constraints %s allow nothing', (_, held) => {
  expect(allows(held, withNames(mailName('a@example.org')))).toBe(false);
});

test('an authority without constraints allows all', () => {
  expect(nameConstraintsAllow(root.certificate, [withNames(address)])).toBe(true);
});

test('who renews its own key is not held to constraints again, a signatory always is', () => {
  const held = nameConstraints([mailName('example.org')]);
  const name = sequence(organization('Prueba'), mailAddress('a@example.com'));
  const renewed = issue('Renovada', { subject: name, extensions: authority() }).certificate;
  const below = withNames(mailName('a@example.org'));
  expect([allows(held, below, renewed), allows(held, renewed)]).toEqual([true, false]);
  const other = issue('Otra', { issuer: root, subject: name, extensions: authority() }).certificate;
  expect(allows(held, below, other)).toBe(false);
});

test.each([
  [true, ['a@example.org'], undefined],
  [false, ['a@example.org'], undefined],
  [true, ['a@example.com'], 'an authority’s name constraints do not allow it'],
  [false, ['a@example.com'], 'an authority’s name constraints do not allow it'],
])('a chain through constraints, critical or not (%s), to %s', async (critical, addresses, fault) => {
  const held = nameConstraints([mailName('example.org')], [], critical);
  const middle = issue('Con límites', { issuer: root, extensions: [...authority(), held] });
  const own = alternatives(...addresses.map(mailName));
  const leaf = issue('Persona', { issuer: middle, extensions: [...signatory, own] });
  const signer = { signerCertificate: leaf.certificate.der, certificates: [middle.certificate.der] };
  const trust = { roots: [root.certificate], at: today, purpose: 'signing' } as const;
  const judged = await judgeChain(signer, trust, nodePorts);
  expect([judged.path?.length, judged.fault]).toEqual([fault ? undefined : 3, fault]);
});
