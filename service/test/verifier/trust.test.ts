import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { integer, sequence } from '#asn1/der.ts';
import { toPem } from '#asn1/pem.ts';
import { toWholeDer } from '@tu-esign/verifier/asn1/ber.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import {
  failedOf,
  type ConservationExpectations,
  type DocumentToVerify,
  type VerifiedDocument,
} from '@tu-esign/verifier/verdicts/findings.ts';
import { judgeOutputs, type GivenOutputs } from '@tu-esign/verifier/verdicts/judge-outputs.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import {
  authority,
  constraints,
  daysFromNow,
  issue,
  purpose,
  purposes,
  signatory,
  stamping,
  today,
  usage,
  type Party,
} from '../pki/certificates.ts';
import { toBer } from '../pki/ber.ts';
import { refill } from '../pki/signed-pdf.ts';
import { signData, signingCertificateV2, stampToken, timeStampAttribute, type TokenShape } from '../pki/signed-data.ts';
import { agreement } from '../running-service.ts';

/** Time-stamps of documents and constancias, what is judged without a root, and documents of the past. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const expired = issue('Vencida', { issuer: root, extensions: signatory, from: daysFromNow(-20), to: daysFromNow(-10) });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const provider = issue('Prestador', {
  issuer: root,
  extensions: [constraints(false, 0), usage('digitalSignature', 'keyEncipherment')],
});
const stranger = issue('Raíz ajena', { extensions: authority() });
const strangeStamper = issue('Sello ajeno', { issuer: stranger, extensions: stamping });

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/constancia/${name}`, import.meta.url));

const conserved = Buffer.from('lo que se conserva');
const held: ConservationExpectations = {
  roots: [root.pem],
  policies: ['1.3.6.1.4.1.55555.'],
  artefacts: { file: async (algorithm) => hash(algorithm, conserved) },
  now: today,
};
const conserve = (shape: Partial<TokenShape> = {}): Buffer => stampToken({ by: stamper, of: conserved, ...shape });
const verify = async (given: Uint8Array, more: Partial<ConservationExpectations> = {}) => {
  const { findings, conserves, notes } = await verifyConservation(given, { ...held, ...more }, nodePorts);
  return { fails: failedOf(findings), findings, conserves, notes };
};

test.each(['plain.tsr', 'sha512imp.tsr'])('%s, which openssl verifies, is of its file and holds', async (name) => {
  const file = fixture('doc.bin');
  const artefacts = { file: async (algorithm: string) => hash(algorithm, file) };
  expect(await verify(fixture(name), { artefacts, roots: [fixture('root.pem').toString()] })).toMatchObject({
    fails: [],
    conserves: 'file',
  });
});

test.each(['sha384', 'sha512'] as const)(
  'a constancia over a digest by %s is of the file that has it',
  async (imprint) => {
    expect(await verify(conserve({ imprint }))).toMatchObject({ fails: [], conserves: 'file' });
    // of SHA-256 alone nobody knows
    const artefacts = { file: hash('sha256', conserved) };
    expect(await verify(conserve({ imprint }), { artefacts })).toMatchObject({
      fails: ['imprintMatches'],
      conserves: null,
    });
    expect(await verify(conserve(), { artefacts })).toMatchObject({ fails: [], conserves: 'file' });
    const gone = { file: async () => undefined };
    expect(await verify(conserve({ imprint }), { artefacts: gone })).toMatchObject({ fails: ['imprintMatches'] });
  },
);

/** As Java's libraries write them. */
const answer = (token: Uint8Array): Buffer => sequence(sequence(integer(0)), token);

test.each<[string, string, Buffer]>([
  ['a token', 'token', toBer(conserve(), 3)],
  ['a token, as far as its certificates', 'token', toBer(conserve(), 5)],
  ['an answer', 'response', toBer(answer(conserve()), 5)],
  ['an answer in DER around a token', 'response', answer(toBer(conserve(), 3))],
  ['a token in PEM', 'token', Buffer.from(toPem(toBer(conserve(), 3)))],
])('%s in BER, which openssl reads, is a constancia in DER', async (_, form, given) => {
  const found = await verifyConservation(given, held, nodePorts);
  expect([found.form, failedOf(found.findings), found.conserves]).toEqual([form, [], 'file']);
  expect(toWholeDer(found.der!)).toEqual(found.der);
});

test.each([toBer(conserve(), 3), conserve()])('nothing may follow it', async (given) => {
  expect(await verify(Buffer.concat([given, Buffer.of(0)]))).toMatchObject({ findings: { parsed: false } });
});

test('a constancia with SHA-1 is weak, and told as such where old ones are asked about', async () => {
  const weak = conserve({ imprint: 'sha1' });
  expect(await verify(weak)).toMatchObject({ fails: ['algorithmsStrong'], conserves: 'file', notes: ['weak: SHA-1'] });
  const asked = await verify(weak, { legacy: true });
  expect(asked).toMatchObject({ fails: [], findings: { algorithmsStrong: null }, notes: ['weak: SHA-1'] });
});

test('a certificate that names no purpose is a provider’s where its root is one, and nobody’s elsewhere', async () => {
  const odd = conserve({ by: provider, attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(root)] });
  const stricter = ['extendedKeyUsage', 'certificateBound'];
  expect(await verify(odd)).toMatchObject({ fails: stricter });
  const asProvider = await verify(odd, { providerRoots: [root.pem] });
  expect(asProvider).toMatchObject({ fails: [], findings: { extendedKeyUsage: null, certificateBound: null } });
  expect(await verify(odd, { providerRoots: [stranger.pem, ...pinnedRoots] })).toMatchObject({ fails: stricter });
  expect(await verify(odd, { roots: [], providerRoots: [root.pem] })).toMatchObject({
    fails: ['extendedKeyUsage', 'certificateBound', 'chainToPinnedRoot'],
  });
});

test.each<[string, Party]>([
  ['another purpose', issue('De correo', { issuer: root, extensions: [purposes(true, purpose.mail)] })],
  ['a use that signs nothing', issue('Que cifra', { issuer: root, extensions: [usage('keyEncipherment')] })],
  ['authority over others', issue('Que emite', { issuer: root, extensions: [constraints(true), ...stamping] })],
])('a certificate with %s stamps no times, a provider’s neither', async (_, by) => {
  const found = await verify(conserve({ by }), { providerRoots: [root.pem] });
  expect(found).toMatchObject({ fails: ['extendedKeyUsage'] });
});

const after = (minutes: number): Buffer => conserve({ at: new Date(today.getTime() + minutes * 60_000) });

test('a time-stamp from the future fails, but for what clocks may differ', async () => {
  expect(await verify(after(5))).toMatchObject({ fails: [] });
  expect(await verify(after(6))).toMatchObject({ fails: ['genTimeHasCome'] });
});

test('a pinned root counts for as long as it is valid, at the time of the time-stamp', async () => {
  const past = issue('Raíz pasada', { extensions: authority(), from: daysFromNow(-90), to: daysFromNow(-10) });
  const by = issue('Sello que sigue', { issuer: past, extensions: stamping, from: daysFromNow(-90) });
  expect(await verify(conserve({ by, at: daysFromNow(-20) }), { roots: [past.pem] })).toMatchObject({ fails: [] });
  expect(await verify(conserve({ by, at: daysFromNow(-5) }), { roots: [past.pem] })).toMatchObject({
    fails: ['chainToPinnedRoot'],
    notes: ['chain: a certificate was not valid then'],
  });
});

test('who signed the document conserves nothing of it', async () => {
  const signatories = [stamper.certificate.der];
  expect(await verify(conserve(), { signatories })).toMatchObject({ fails: ['apartFromSigners'] });
  const other = await verify(conserve(), { signatories: [person.certificate.der] });
  expect(other).toMatchObject({ fails: [], findings: { apartFromSigners: true } });
});

let once: Uint8Array;
let twice: Uint8Array;
beforeAll(async () => {
  const room = await startEmbeddedSigning();
  once = (await room.provider.sign(createOrder(agreement))).document;
  twice = (await room.provider.sign(createOrder(once))).document;
  room.stop();
});

const judge = async (document: Uint8Array, more: Partial<DocumentToVerify> = {}): Promise<VerifiedDocument> =>
  verifyDocument({ document, roots: [root.pem], now: new Date(), ...more }, nodePorts);
const failsOf = ({ signatures }: VerifiedDocument): string[][] => signatures.map(({ findings }) => failedOf(findings));

const signedBy =
  (by: Party, certificates: Party[] = []) =>
  (content: Uint8Array): Buffer =>
    signData({
      by,
      content,
      certificates: [by, ...certificates].map(({ certificate }) => Buffer.from(certificate.der)),
    });
const stampedBy =
  (by: Party, more: Partial<TokenShape> = {}) =>
  (of: Uint8Array): Buffer =>
    stampToken({ by, of, ...more });
const stampForm = 'ETSI.RFC3161';
const stampDocument = (sign: (covered: Buffer) => Buffer): Buffer => refill(once, { form: stampForm, sign }).document;

const several = issue('De varios fines', {
  issuer: root,
  extensions: [purposes(true, purpose.timeStamping, purpose.mail)],
});
test.each<[string, string[], (covered: Buffer) => Buffer]>([
  ['as it should be', [], stampedBy(stamper)],
  ['in BER', [], (covered) => toBer(stampToken({ by: stamper, of: covered }), 3)],
  ['over a digest by SHA-512', [], stampedBy(stamper, { imprint: 'sha512', digest: 'sha384' })],
  ['from tomorrow', ['timeStampHolds'], stampedBy(stamper, { at: daysFromNow(1) })],
  ['by a signatory', ['timeStampByAuthority'], stampedBy(person)],
  ['by a certificate of several purposes', ['timeStampByAuthority'], stampedBy(several)],
  [
    'that names no certificate',
    ['timeStampByAuthority'],
    stampedBy(stamper, { attributes: ([one, two]) => [one!, two!] }),
  ],
  ['by nobody that is believed', ['chainToPinnedRoot'], stampedBy(strangeStamper)],
  ['with SHA-1', ['algorithmsStrong'], stampedBy(stamper, { imprint: 'sha1' })],
  ['of something else', ['digestMatches', 'timeStampHolds'], () => stampToken({ by: stamper, of: conserved })],
])('a time-stamp of the document %s: %s', async (_, fails, sign) => {
  const judged = await judge(stampDocument(sign));
  expect(judged.signatures[0]!.kind).toBe('time-stamp');
  expect(failsOf(judged)).toEqual([fails]);
});

/** Signed first, then stamped as a whole. */
const signAndStamp = (by: Party, stamp: (covered: Buffer) => Buffer): Buffer => {
  const { document } = refill(twice, { gap: 0, sign: signedBy(by) });
  return refill(document, { gap: 1, form: stampForm, sign: stamp }).document;
};
const then = daysFromNow(-15);

test('a time-stamp of the document proves when what it covers was signed', async () => {
  const judged = await judge(signAndStamp(expired, stampedBy(stamper, { at: then })));
  expect(failsOf(judged)).toEqual([[], []]);
  expect(judged.signatures[0]).toMatchObject({ signedAt: then, timeProven: true });
});

const unproven = ['certificateValidWhenSigned', 'chainToPinnedRoot'];
test.each<[string, string[], (covered: Buffer) => Buffer]>([
  ['is by nobody that is believed', ['chainToPinnedRoot'], stampedBy(strangeStamper, { at: then })],
  ['is by a signatory', ['timeStampByAuthority'], stampedBy(person, { at: then })],
  [
    'is by whoever signed',
    ['timeStampByAuthority'],
    stampedBy(issue('Vencida que sella', { keyName: 'Vencida', issuer: root, extensions: stamping }), { at: then }),
  ],
  [
    'is of something else',
    ['digestMatches', 'timeStampHolds'],
    () => stampToken({ by: stamper, of: conserved, at: then }),
  ],
  ['is from before the certificate', [], stampedBy(stamper, { at: daysFromNow(-25) })],
])('it proves nothing where it %s', async (_, fails, stamp) => {
  expect(failsOf(await judge(signAndStamp(expired, stamp)))).toEqual([unproven, fails]);
});

test('what was signed behind a time-stamp is not proved by it', async () => {
  const { document } = refill(twice, { gap: 0, form: stampForm, sign: stampedBy(stamper, { at: then }) });
  const judged = await judge(refill(document, { gap: 1, sign: signedBy(expired) }).document);
  expect(judged.signatures.map(({ kind }) => kind)).toEqual(['time-stamp', 'signature']);
  expect(failsOf(judged)[1]).toEqual(unproven);
});

const signWithProvider = (content: Buffer): Buffer =>
  signData({
    by: person,
    content,
    unsigned: (value) => [timeStampAttribute(stampToken({ by: provider, of: value }))],
  });

test('a root of providers is believed for time-stamps alone', async () => {
  const { document } = refill(once, { sign: signWithProvider });
  expect(failsOf(await judge(document))).toEqual([['timeStampByAuthority']]);
  expect(failsOf(await judge(document, { providerRoots: [root.pem] }))).toEqual([[]]);
  // A root for time-stamps alone is none for signatures.
  expect(failsOf(await judge(document, { roots: [stranger.pem], providerRoots: [root.pem] }))).toEqual([
    ['chainToPinnedRoot'],
  ]);
});

test('without a root integrity alone is judged', async () => {
  const foreign = issue('Emisora que firma', { issuer: stranger, extensions: [constraints(true)] });
  for (const by of [foreign, person]) {
    const { document } = refill(once, { sign: signedBy(by) });
    const judged = await judge(document, { roots: undefined });
    expect(failsOf(judged)).toEqual([[]]);
    expect(judged.signatures[0]!.findings).toMatchObject({
      certificateMaySign: null,
      chainToPinnedRoot: null,
      certificateValidWhenSigned: true,
    });
  }
});

const until = (days: number): Party =>
  issue('Plazo', { issuer: root, extensions: signatory, from: daysFromNow(-1), to: daysFromNow(days) });

test('without a root a certificate that has expired since the time that is claimed is not judged', async () => {
  const { document } = refill(once, { sign: signedBy(until(2)) });
  const valid = async (now: Date, pdf = document) =>
    (await judge(pdf, { roots: undefined, now })).signatures[0]!.findings.certificateValidWhenSigned;
  expect(await valid(new Date())).toBe(true);
  expect(await valid(daysFromNow(3))).toBeNull();
  expect(await valid(new Date(), refill(once, { sign: signedBy(expired) }).document)).toBe(false);
  // with a root nobody relies on what a signature says of itself
  expect(failsOf(await judge(document, { now: daysFromNow(3) }))).toEqual([unproven]);
});

const sha1Inside = (covered: Buffer): Buffer =>
  signData({ by: person, inside: true, content: hash('sha1', covered, 'buffer') });
const old: [string, string[], { form?: string; sign: (covered: Buffer) => Buffer }][] = [
  ['a SHA-1 inside', ['weak: SHA-1'], { form: 'adbe.pkcs7.sha1', sign: sha1Inside }],
  ['SHA-1', ['weak: SHA-1'], { sign: (content) => signData({ by: person, content, digest: 'sha1' }) }],
  [
    'a short key',
    ['weak: an RSA key of 1024 bits'],
    { sign: signedBy(issue('Corta', { issuer: root, key: 'rsa1024', extensions: signatory })) },
  ],
  [
    'a small curve',
    ['weak: a curve of 192 bits'],
    { sign: signedBy(issue('Chica', { issuer: root, key: 'p192', extensions: signatory })) },
  ],
];

test.each(old)(
  'what is signed with %s fails, and is told where old documents are asked about',
  async (_, notes, filling) => {
    const { document } = refill(once, filling);
    for (const roots of [[root.pem], undefined]) {
      const judged = await judge(document, { roots });
      expect([failsOf(judged), judged.signatures[0]!.notes]).toEqual([[['algorithmsStrong']], notes]);
      const asked = await judge(document, { roots, legacy: true });
      expect([failsOf(asked), asked.signatures[0]!.notes]).toEqual([[[]], notes]);
      expect(asked.signatures[0]!.findings.algorithmsStrong).toBeNull();
    }
  },
);

test('the digest inside counts in the oldest form of CMS alone, and must be of the document', async () => {
  const form = 'adbe.pkcs7.sha1';
  const legacy = { legacy: true };
  const other = refill(once, { form, sign: () => sha1Inside(conserved) });
  expect(failsOf(await judge(other.document, legacy))).toEqual([['digestMatches']]);
  const detached = refill(once, { form, sign: signedBy(person) });
  expect(failsOf(await judge(detached.document, legacy))).toEqual([['digestMatches']]);
  const elsewhere = refill(once, { form: 'adbe.pkcs7.detached', sign: sha1Inside });
  expect(failsOf(await judge(elsewhere.document, legacy))).toEqual([['digestMatches']]);
});

test('the form before CMS is refused by name, old documents or not', async () => {
  const { document } = refill(once, { form: 'adbe.x509.rsa_sha1', sign: signedBy(person) });
  const { signatures } = await judge(document, { legacy: true });
  expect(signatures[0]!.findings).toMatchObject({ parsed: false, signatureValid: false });
  expect(signatures[0]!.notes).toEqual(['weak: SHA-1, in the form adbe.x509.rsa_sha1, which is not judged here']);
});

test('all that belongs together is judged with one trust', async () => {
  const judgeAll = (given: Partial<GivenOutputs>) =>
    judgeOutputs(
      {
        document: refill(once, { sign: signedBy(person) }).document,
        against: {},
        roots: [root.pem],
        policies: ['1.3.6.1.4.1.55555.'],
        ...given,
      },
      (candidate) => verifyDocument(candidate, nodePorts),
      nodePorts,
    );
  const { document } = refill(once, { sign: signedBy(person) });
  const constancia = (by: Party, more: Partial<TokenShape> = {}) => ({
    document,
    conservationCertificate: stampToken({ by, of: document, ...more }),
  });
  expect(await judgeAll(constancia(stamper, { imprint: 'sha384' }))).toMatchObject({ holds: true, anchored: true });
  expect(await judgeAll(constancia(provider))).toMatchObject({ holds: false });
  expect(await judgeAll({ ...constancia(provider), providerRoots: [root.pem] })).toMatchObject({ holds: true });
  expect(await judgeAll(constancia(stamper, { digest: 'sha1' }))).toMatchObject({ holds: false });
  expect(await judgeAll({ ...constancia(stamper, { digest: 'sha1' }), legacy: true })).toMatchObject({ holds: true });
  const self = issue('Persona que sella', { keyName: 'Persona', issuer: root, extensions: stamping });
  const own = await judgeAll(constancia(self));
  expect(failedOf(own.conservationCertificate!.findings)).toEqual(['apartFromSigners']);
  // roots of providers alone are no roots: nobody knows who signed
  const alone = await judgeAll({ ...constancia(stamper), roots: [], providerRoots: [root.pem] });
  expect(alone).toMatchObject({ holds: true, anchored: false });
});
