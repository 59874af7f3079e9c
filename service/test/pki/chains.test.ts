import { expect, test } from 'vitest';
import { element, explicit, implicit, sequence } from '#asn1/der.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { areIntact, judgeChain, readRoots } from '@tu-esign/verifier/certificates/chain.ts';
import { namesAsIssuer } from '@tu-esign/verifier/certificates/path-rules.ts';
import { certifiesFor, maySign, mayStampTimes } from '@tu-esign/verifier/certificates/purposes.ts';
import {
  authority,
  commonName,
  constraints,
  daysFromNow,
  extension,
  issue,
  keyIdentifierOf,
  organization,
  purpose,
  purposes,
  signatory,
  today,
  usage,
  type Party,
  type Shape,
} from './certificates.ts';

/** Ways from a certificate to a root, which differ by one condition. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });

const judge = (
  signer: Party | undefined,
  inside: Party[],
  { roots = [root], at = today }: { roots?: Party[]; at?: Date } = {},
) =>
  judgeChain(
    {
      signerCertificate: signer?.certificate.der,
      certificates: inside.map(({ certificate }) => certificate.der),
    },
    { roots: roots.map(({ certificate }) => certificate), at, purpose: 'signing' },
    nodePorts,
  );
const lengthOf = async (...judged: Parameters<typeof judge>): Promise<number | undefined> =>
  (await judge(...judged)).path?.length;

test('without a certificate, or one that can be read, there is no way', async () => {
  const nothing = { leaf: undefined, leafValid: false, path: undefined, fault: undefined };
  expect(await judge(undefined, [])).toEqual(nothing);
  const broken = { ...person, certificate: { ...person.certificate, der: Uint8Array.of(0x30, 0) } };
  expect(await judge(broken, [])).toEqual(nothing);
  expect(await lengthOf(person, [broken])).toBe(2);
});

test('without roots a certificate is judged by itself', async () => {
  const { leaf, leafValid, path, fault } = await judge(person, [root], { roots: [] });
  expect([leaf?.der, leafValid, path, fault]).toEqual([person.certificate.der, true, undefined, undefined]);
  const late = await judge(person, [root], { roots: [], at: daysFromNow(40) });
  expect([late.leafValid, late.path, late.fault]).toEqual([false, undefined, 'a certificate was not valid then']);
});

test('one that is believed itself needs nobody above', async () => {
  expect(await lengthOf(person, [root], { roots: [person] })).toBe(1);
});

test('a way ends where an issuer that fits leads nowhere, and another one is tried', async () => {
  const nobody = issue('Raíz de nadie', { extensions: authority() });
  const strange = issue('Cruzada', { keyName: 'cruzada', issuer: nobody, extensions: authority() });
  const crossed = issue('Cruzada', { keyName: 'cruzada', issuer: root, extensions: authority() });
  const signer = issue('Bajo la cruzada', { issuer: crossed, extensions: signatory });
  for (const inside of [[strange, crossed], [crossed, strange], [crossed]])
    expect(await lengthOf(signer, inside)).toBe(3);
  expect(await lengthOf(signer, [strange])).toBe(undefined);
});

test('a way of ten certificates is one, of eleven none', async () => {
  const above: Party[] = [root];
  while (above.length < 10)
    above.push(issue(`Emisora ${above.length}`, { issuer: above.at(-1)!, extensions: authority() }));
  const below = (depth: number): Party => issue(`Persona ${depth}`, { issuer: above[depth]!, extensions: signatory });
  expect(await lengthOf(below(8), above.slice(1, 9))).toBe(10);
  expect(await lengthOf(below(9), above.slice(1))).toBe(undefined);
});

test('of what travels inside, the first 32 are looked at', async () => {
  const middle = issue('Emisora', { issuer: root, extensions: authority() });
  const signer = issue('Bajo la emisora', { issuer: middle, extensions: signatory });
  const others = Array.from({ length: 32 }, () => person);
  expect(await lengthOf(signer, [...others.slice(1), middle])).toBe(3);
  expect(await lengthOf(signer, [...others, middle])).toBe(undefined);
});

const odd = 'a certificate’s extensions are not as they should be';

/** What is told of who was certified by an issuer of this shape. */
const faultBelow = async (shape: Shape, more: Party[] = []): Promise<string | undefined> => {
  const middle = issue('Emisora de prueba', { issuer: root, extensions: authority(), ...shape });
  const { path, fault } = await judge(issue('Persona', { issuer: middle, extensions: signatory }), [middle, ...more]);
  expect(path === undefined).toBe(fault !== undefined);
  return fault;
};

test.each<[string | undefined, Shape]>([
  [undefined, {}],
  ['a certificate was not valid then', { to: daysFromNow(-1) }],
  [odd, { extensions: [constraints(false), ...authority()] }],
  [
    'a certificate has a critical extension that is not known here',
    { extensions: [...authority(), extension('1.2.3.4', sequence(), true)] },
  ],
  ['an issuer is no authority', { extensions: signatory }],
  ['an issuer is no authority', { extensions: [constraints(true), usage('digitalSignature')] }],
  ['an issuer is no authority', { version: 1 }],
  ['an authority does not certify for this purpose', { extensions: [...authority(), purposes(false, purpose.server)] }],
])('what does not hold of an issuer is told: %s', async (fault, shape) => {
  expect(await faultBelow(shape)).toBe(fault);
});

test('an authority has no more authorities below it than it allows, but for itself', async () => {
  const tooMany = 'an authority has more authorities below it than it allows';
  for (const [allowed, fault] of [
    [0, tooMany],
    [1, undefined],
  ] as const) {
    const above = issue('Emisora corta', { issuer: root, extensions: authority(allowed) });
    expect(await faultBelow({ issuer: above }, [above])).toBe(fault);
  }
  const above = issue('Emisora propia', { issuer: root, extensions: authority(0) });
  const itself = { issuer: above, subject: above.certificate.subject as Buffer };
  expect(await faultBelow(itself, [above])).toBeUndefined();
  const last = issue('Emisora última', { issuer: root, extensions: authority(0) });
  expect(await lengthOf(issue('Persona', { issuer: last, extensions: signatory }), [last])).toBe(3);
});

test('a root of before version 3 is believed to be an authority', async () => {
  const old = issue('Raíz vieja', { version: 1 });
  expect(await lengthOf(issue('Persona', { issuer: old, extensions: signatory }), [], { roots: [old] })).toBe(2);
  const none = issue('Raíz sin nada', { extensions: [] });
  const { fault } = await judge(issue('Persona', { issuer: none, extensions: signatory }), [], { roots: [none] });
  expect(fault).toBe('an issuer is no authority');
});

test('who names another key or number of the issuer names another issuer', () => {
  const named = (...parts: Buffer[]): boolean => {
    const key = extension('2.5.29.35', sequence(...parts));
    const own = issue('Persona', { issuer: root, keyIdentifiers: {}, extensions: [key] });
    return namesAsIssuer(own.certificate, root.certificate);
  };
  expect(named(implicit(0, keyIdentifierOf(root.certificate.publicKey)))).toBe(true);
  expect(named(implicit(0, Buffer.alloc(20, 7)))).toBe(false);
  const byNumber = (serial: Buffer): boolean =>
    named(element(0xa1, explicit(4, root.certificate.subject)), implicit(2, serial));
  expect([byNumber(number.subarray(2)), byNumber(Buffer.of(7))]).toEqual([true, false]);
});

test('a text without a certificate holds no root', () => {
  expect(readRoots([root.pem, `${person.pem}${root.pem}`])).toHaveLength(3);
  expect(() => readRoots([root.pem, 'nothing'])).toThrow('There is no certificate in the text');
});

const intact = (inside: Party[], roots = [root]): Promise<boolean> =>
  areIntact(
    inside.map(({ certificate }) => certificate.der),
    roots.map(({ certificate }) => certificate),
    nodePorts,
  );
const elsewhere = sequence(organization('Prueba'), commonName('Otra parte'));
const number = root.certificate.serialNumber as Buffer;

test('a certificate whose issuer is here verifies by its key, one whose issuer is not may be as it is', async () => {
  expect(await intact([person, root])).toBe(true);
  const forged = issue('Persona', { issuer: root, signedBy: person, extensions: signatory });
  expect([await intact([forged]), await intact([forged], [])]).toEqual([false, true]);
});

test('a copy of a root that names another issuer was altered', async () => {
  const copy = { keyName: 'Raíz', extensions: authority(), issuerName: elsewhere };
  expect(await intact([issue('Raíz', { ...copy, serialNumber: number })])).toBe(false);
  // Of its name, certified by somebody else; and of its number.
  expect(await intact([issue('Raíz', copy)])).toBe(true);
  expect(await intact([issue('Otra', { ...copy, serialNumber: number })])).toBe(true);
});

test('what cannot be read of an issuer’s key names nobody, and may do nothing', () => {
  const odd = (type: string): Party['certificate'] =>
    issue('Rara', {
      issuer: root,
      keyIdentifiers: {},
      extensions: [extension(type, element(0x30, Buffer.of(0x30)), true)],
    }).certificate;
  expect(namesAsIssuer(odd('2.5.29.35'), root.certificate)).toBe(false);
  expect([maySign(odd('2.5.29.37')), mayStampTimes(odd('2.5.29.37'))]).toEqual([false, false]);
});

test('an issuer is named by directory names alone', () => {
  const named = (...names: Buffer[]): boolean => {
    const key = extension('2.5.29.35', sequence(element(0xa1, ...names), implicit(2, number.subarray(2))));
    return namesAsIssuer(
      issue('Persona', { issuer: root, keyIdentifiers: {}, extensions: [key] }).certificate,
      root.certificate,
    );
  };
  const own = explicit(4, root.certificate.subject);
  expect([named(own), named(explicit(4, elsewhere)), named(explicit(4, elsewhere), own)]).toEqual([true, false, false]);
  expect(named(implicit(6, Buffer.from('a:b')), own)).toBe(true);
});

test.each([
  ['none', [], [true, true]],
  ['that of signing, beside others', [purposes(false, purpose.server, purpose.mail)], [true, false]],
  ['that of documents', [purposes(false, purpose.documents)], [true, false]],
  ['any', [purposes(false, purpose.any)], [true, true]],
  ['that of time-stamps', [purposes(true, purpose.timeStamping)], [false, true]],
  ['others', [purposes(false, purpose.server, purpose.client)], [false, false]],
])('an authority whose purpose is %s certifies for what it holds', (_, extensions, wanted) => {
  const { certificate } = issue('Emisora', { issuer: root, extensions: [...authority(), ...extensions] });
  expect([certifiesFor(certificate, 'signing'), certifiesFor(certificate, 'time-stamping')]).toEqual(wanted);
});
