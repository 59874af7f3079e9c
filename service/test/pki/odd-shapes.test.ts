import { beforeAll, expect, test } from 'vitest';
import { explicit, implicit, sequence, setOf, type Der } from '#asn1/der.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { agreement } from '../running-service.ts';
import { digestAlgorithm } from './algorithms.ts';
import {
  alternatives,
  authority,
  commonName,
  directoryName,
  hostName,
  issue,
  nameConstraints,
  organization,
  signatory,
  stamping,
  type Party,
} from './certificates.ts';
import { refill } from './signed-pdf.ts';
import {
  messageDigest,
  signData,
  signingCertificateV2,
  stampToken,
  timeStampAttribute,
  type SignedDataShape,
  type TokenShape,
} from './signed-data.ts';

/** Conditions of the verifier that no other test would miss, each held by the shape that needs it. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const neighbour = issue('Vecina', { issuer: root, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const elsewhere = issue('Otra raíz', { extensions: authority() });
const sameNumber = issue('Mismo número', {
  issuer: elsewhere,
  serialNumber: person.certificate.serialNumber as Der,
  extensions: signatory,
});

let once: Uint8Array;
beforeAll(async () => {
  const room = await startEmbeddedSigning();
  once = (await room.provider.sign(createOrder(agreement))).document;
  room.stop();
});

const failsOf = async (shape: Partial<SignedDataShape>): Promise<string[]> => {
  const { document } = refill(once, { sign: (content) => signData({ by: person, content, ...shape }) });
  const { signatures } = await verifyDocument({ document, roots: [root.pem], now: new Date() }, nodePorts);
  return failedOf(signatures[0]!.findings).sort();
};
const ders = (...parties: Party[]): Uint8Array[] => parties.map(({ certificate }) => certificate.der);

/** By a signatory below an authority with constraints. */
const below = (held: Der, own: Der[], subject?: Der): Partial<SignedDataShape> => {
  const above = issue('Con límites', { issuer: root, extensions: [...authority(), held] });
  const by = issue('Limitada', { issuer: above, extensions: [...signatory, ...own], ...(subject && { subject }) });
  return { by, certificates: ders(by, above) };
};
const chain = ['chainToPinnedRoot'];
const address = implicit(7, Buffer.of(127, 0, 0, 1));
const hostAsName = sequence(organization('Prueba'), commonName('a.example.org'));

test.each<[string, string[], Partial<SignedDataShape>]>([
  ['permit every host', [], below(nameConstraints([hostName('')]), [alternatives(hostName('a.mx'))])],
  [
    'exclude a host that ends alike',
    [],
    below(nameConstraints([], [hostName('example.org')]), [alternatives(hostName('badexample.org'))]),
  ],
  [
    'exclude what is not known here',
    chain,
    below(nameConstraints([], [implicit(7, Buffer.alloc(8))]), [alternatives(address)]),
  ],
  [
    'exclude a host that is the common name',
    chain,
    below(nameConstraints([], [hostName('example.org')]), [], hostAsName),
  ],
  [
    'permit the same name in another place',
    chain,
    below(nameConstraints([directoryName(sequence(commonName('Limitada')))]), []),
  ],
])('name constraints that %s', async (_, fails, shape) => {
  expect(await failsOf(shape)).toEqual(fails);
});

const bound = ['certificateBound'];
const otherIssuer = { ...person, certificate: { ...person.certificate, issuer: elsewhere.certificate.subject } };
const withNamed = (named: Der): Partial<SignedDataShape> => ({
  attributes: ([type, digest]) => [type!, digest!, named],
});
const unread = ['certificateValidWhenSigned', 'digestMatches', 'parsed', 'signatureValid'];

test.each<[string, string[], Partial<SignedDataShape>]>([
  ['another certificate of its issuer comes first', [], { certificates: ders(neighbour, person) }],
  ['a certificate of its number comes first', [], { certificates: ders(sameNumber, person) }],
  [
    'a digest stands twice, the right one first',
    ['digestMatches'],
    { attributes: (all) => [...all, messageDigest(Buffer.alloc(32, 0xff))] },
  ],
  [
    'the right number is named with another digest',
    bound,
    withNamed(signingCertificateV2(neighbour, { named: person })),
  ],
  [
    'the right digest is named with another number',
    bound,
    withNamed(signingCertificateV2(person, { named: neighbour })),
  ],
  [
    'the right digest is named with another issuer',
    bound,
    withNamed(signingCertificateV2(person, { named: otherIssuer })),
  ],
  [
    'the certificate is named in two attributes',
    bound,
    { attributes: (all) => [...all, signingCertificateV2(person, { digest: 'sha512' })] },
  ],
  ['the digest is none that is announced', unread, { digestNames: setOf(digestAlgorithm('sha512')) }],
])('a CMS in which %s', async (_, fails, shape) => {
  expect(await failsOf(shape)).toEqual(fails);
});

const stamped = ['timeStampByAuthority', 'timeStampHolds', 'timeStampToPinnedRoot'];
test.each<[string, string[], Partial<TokenShape>]>([
  ['as it should be', [], {}],
  ['whose signer is of version 3', stamped, { signerVersion: 3 }],
  ['that is plain data', stamped, { type: '1.2.840.113549.1.7.1', version: 3 }],
  ['whose name is none', ['timeStampByAuthority'], { more: [explicit(0, hostName('a.mx'))] }],
])('a time-stamp %s', async (_, fails, shape) => {
  const token = (of: Uint8Array): Der => stampToken({ by: stamper, of, ...shape });
  expect(await failsOf({ unsigned: (value) => [timeStampAttribute(token(value))] })).toEqual(fails);
});
