import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import {
  judgeSignature,
  type JudgedSignature,
  type SignatureToJudge,
} from '@tu-esign/verifier/verdicts/judge-signature.ts';
import type { SignatureTrust } from '@tu-esign/verifier/verdicts/signature-trust.ts';
import { toBer } from './ber.ts';
import { authority, daysFromNow, issue, purpose, purposes, signatory, stamping, today, usage } from './certificates.ts';
import { signForm, stampForm } from './hand-signed.ts';
import {
  signData,
  signingCertificate,
  stampToken,
  timeStampAttribute,
  type SignedDataShape,
  type TokenShape,
} from './signed-data.ts';

/** What holds of one signature over what it covers. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const expired = issue('Vencida', { issuer: root, extensions: signatory, from: daysFromNow(-9), to: daysFromNow(-5) });
const official = issue('Que emite', { issuer: root, extensions: authority() });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const provider = issue('Prestador', { issuer: root, extensions: [usage('digitalSignature')] });
const stranger = issue('Raíz ajena', { extensions: authority() });
const foreign = issue('Ajena', { issuer: stranger, extensions: signatory });
const strange = issue('Sello ajeno', { issuer: stranger, extensions: stamping });
const forStamps = issue('Para sellos', {
  issuer: root,
  extensions: [...authority(), purposes(false, purpose.timeStamping)],
});
const odd = issue('De otra emisora', { issuer: forStamps, extensions: signatory });
const small = issue('Chica', { issuer: root, key: 'rsa1024', extensions: signatory });
const smallStamper = issue('Sello chico', { issuer: root, key: 'rsa1024', extensions: stamping });

const bytes = Buffer.from('lo que se firma');
const trust: SignatureTrust = { roots: [root.certificate], providers: [], legacy: false, now: today };
const nobody: SignatureTrust = { ...trust, roots: undefined };

const sign = (more: Partial<SignedDataShape> = {}): Buffer => signData({ by: person, content: bytes, ...more });
const stamp = (more: Partial<TokenShape> = {}): Buffer => stampToken({ by: stamper, of: bytes, ...more });
/** Signed, and each of these has stamped the signature. */
const stamped = (shapes: Partial<TokenShape>[], more: Partial<SignedDataShape> = {}): Buffer =>
  sign({
    unsigned: (of) => [
      timeStampAttribute(...shapes.map((shape) => stampToken({ by: stamper, ...shape, of: shape.of ?? of }))),
    ],
    ...more,
  });

type Asked = Partial<SignatureToJudge>;
const judge = (contents: Uint8Array, more: Asked = {}): Promise<JudgedSignature> =>
  judgeSignature(
    {
      kind: 'signature',
      subFilter: signForm,
      signedBytes: { contents, bytes, gap: { start: 0, end: 1 }, end: 1 },
      claimedTime: undefined,
      signatories: [],
      trust,
      ...more,
    },
    nodePorts,
  );

const holds = {
  parsed: true,
  rangeWhole: true,
  digestMatches: true,
  signatureValid: true,
  certificateBound: true,
  certificateValidWhenSigned: true,
  certificateMaySign: true,
  chainToPinnedRoot: true,
  algorithmsStrong: true,
  timeStampHolds: null,
  timeStampByAuthority: null,
  timeStampToPinnedRoot: null,
};
const proven = { timeStampHolds: true, timeStampByAuthority: true, timeStampToPinnedRoot: true };
const unread = {
  ...holds,
  parsed: false,
  digestMatches: false,
  signatureValid: false,
  certificateBound: null,
  certificateValidWhenSigned: false,
  certificateMaySign: null,
  chainToPinnedRoot: null,
  algorithmsStrong: null,
};
type Found = Partial<Record<keyof typeof holds, boolean | null>>;

const sha1 = hash('sha1', bytes, 'buffer');
const oldForm = { subFilter: 'adbe.pkcs7.sha1' };
const inside = (content: Uint8Array): Buffer => sign({ content, inside: true });
const unbound = (more: Partial<SignedDataShape> = {}): Buffer =>
  sign({ attributes: ([type, digest]) => [type!, digest!], ...more });
const early = daysFromNow(-7);
const unproven = { certificateValidWhenSigned: false, chainToPinnedRoot: false };

test.each<[string, Found, Uint8Array, Asked?]>([
  ['as it should be', {}, sign()],
  ['with zeros behind', {}, Buffer.concat([sign(), Buffer.alloc(9)])],
  ['with something behind', { rangeWhole: false }, Buffer.concat([sign(), Buffer.of(0, 1)])],
  ['in BER with zeros behind', {}, Buffer.concat([toBer(sign(), 3), Buffer.alloc(9)])],
  ['of another form', {}, sign(), { subFilter: 'adbe.pkcs7.detached' }],
  ['over something else', { digestMatches: false }, sign({ content: Buffer.from('otra cosa') })],
  ['over what it carries', { digestMatches: false }, inside(bytes)],
  ['with an altered value', { signatureValid: false }, sign({ alterSignature: (value) => value.fill(1, 9) })],
  ['of another kind', { signatureValid: false }, sign({ type: '1.2.840.113549.1.9.16.1.4' })],
  ['with a SHA-1 inside', { algorithmsStrong: false }, inside(sha1), oldForm],
  [
    'with a SHA-1 inside, of the past',
    { algorithmsStrong: null },
    inside(sha1),
    { ...oldForm, trust: { ...trust, legacy: true } },
  ],
  ['with another SHA-1 inside', { algorithmsStrong: false, digestMatches: false }, inside(Buffer.alloc(20)), oldForm],
  [
    'with a SHA-1 inside that it was not over',
    { algorithmsStrong: false, digestMatches: false },
    sign({ content: Buffer.alloc(20), inside: true, carried: sha1 }),
    oldForm,
  ],
  ['with nothing inside, where a SHA-1 should be', { algorithmsStrong: false, digestMatches: false }, sign(), oldForm],
  ['that names no certificate', { certificateBound: false }, unbound()],
  [
    'that names no certificate and need not',
    { certificateBound: null },
    unbound(),
    { subFilter: 'adbe.pkcs7.detached' },
  ],
  [
    'that names another certificate',
    { certificateBound: false },
    sign({ attributes: ([a, b]) => [a!, b!, signingCertificate(stamper)] }),
  ],
  ['by an authority', { certificateMaySign: false }, sign({ by: official })],
  [
    'by an authority, where nobody is believed',
    { certificateMaySign: null, chainToPinnedRoot: null },
    sign({ by: official }),
    { trust: nobody },
  ],
  ['by a stranger', { chainToPinnedRoot: false }, sign({ by: foreign })],
  [
    'by whom an authority for time-stamps certifies',
    { chainToPinnedRoot: false },
    sign({ by: odd, certificates: [odd, forStamps].map(({ certificate }) => certificate.der) }),
  ],
  [
    'by a stranger, where nobody is believed',
    { certificateMaySign: null, chainToPinnedRoot: null },
    sign({ by: foreign }),
    { trust: nobody },
  ],
  [
    'without a certificate',
    { signatureValid: false, certificateBound: false, certificateMaySign: null, ...unproven },
    sign({ certificates: [] }),
  ],
  [
    'without a certificate, where nobody is believed',
    { signatureValid: false, certificateBound: false, certificateMaySign: null, ...unproven, chainToPinnedRoot: null },
    sign({ certificates: [] }),
    { trust: nobody, claimedTime: early },
  ],
  ['with a weak key', { algorithmsStrong: false }, sign({ by: small })],
  [
    'with a weak key, by a stranger',
    { algorithmsStrong: false, chainToPinnedRoot: false },
    sign({ by: small }),
    { trust: { ...trust, roots: [] } },
  ],
  ['with SHA-1', { algorithmsStrong: false }, sign({ digest: 'sha1' })],
  ['by what has expired', unproven, sign({ by: expired })],
  ['by what has expired, whatever it claims', unproven, sign({ by: expired }), { claimedTime: early }],
  ['by what had not expired at a time that is proved', {}, sign({ by: expired }), { provenTime: early }],
  ['by what had expired at a time that is proved', unproven, sign({ by: expired }), { provenTime: daysFromNow(-4) }],
  ['with a time-stamp', proven, stamped([{}])],
  ['by what had not expired when it was stamped', proven, stamped([{ at: early }], { by: expired })],
  ['by what had expired when it was stamped', { ...proven, ...unproven }, stamped([{}], { by: expired })],
  ['with a time-stamp of something else', { ...proven, timeStampHolds: false }, stamped([{ of: bytes }])],
  ['with one of two time-stamps of something else', { ...proven, timeStampHolds: false }, stamped([{}, { of: bytes }])],
  ['with a time-stamp by a stranger', { ...proven, timeStampToPinnedRoot: false }, stamped([{ by: strange }])],
  ['with a time-stamp by a person', { ...proven, timeStampByAuthority: false }, stamped([{ by: provider }])],
  [
    'with a time-stamp by itself',
    { ...proven, timeStampByAuthority: false },
    stamped([{ by: stamper }], { by: issue('El sello', { keyName: 'Sello', issuer: root, extensions: signatory }) }),
  ],
  [
    'with a time-stamp and no certificate',
    { ...proven, signatureValid: false, certificateBound: false, certificateMaySign: null, ...unproven },
    stamped([{}], { certificates: [] }),
  ],
  ['with a time-stamp with a weak key', { ...proven, algorithmsStrong: false }, stamped([{ by: smallStamper }])],
  [
    'with a time-stamp, where nobody is believed',
    { ...proven, timeStampToPinnedRoot: null, certificateMaySign: null, chainToPinnedRoot: null },
    stamped([{}]),
    { trust: nobody },
  ],
  [
    'with a time-stamp of nobody knows whom, where nobody is believed',
    {
      ...proven,
      timeStampByAuthority: null,
      timeStampToPinnedRoot: null,
      certificateMaySign: null,
      chainToPinnedRoot: null,
    },
    stamped([{}, { by: provider }]),
    { trust: nobody },
  ],
  ['that is none', unread, bytes],
  ['that is empty', unread, new Uint8Array()],
  ['in the oldest form', { ...unread, algorithmsStrong: false }, sign(), { subFilter: 'adbe.x509.rsa_sha1' }],
  ['in a form that nobody knows', unread, sign(), { subFilter: 'nobody' }],
  ['in no form', unread, sign(), { subFilter: undefined }],
])('a signature %s', async (_, found, contents, asked) => {
  expect((await judge(contents, asked)).findings).toEqual({ ...holds, ...found });
});

const claimed =
  (time: Date, by = expired) =>
  (): Promise<JudgedSignature> =>
    judge(sign({ by }), { claimedTime: time, trust: nobody });

test.each<[string, boolean | null, () => Promise<JudgedSignature>]>([
  ['a time when it was valid', null, claimed(early)],
  ['its first second', null, claimed(expired.certificate.notBefore)],
  ['a time before', false, claimed(daysFromNow(-10))],
  ['a time after', false, claimed(daysFromNow(-4))],
  [
    'the future',
    false,
    claimed(daysFromNow(31), issue('Futura', { issuer: root, from: daysFromNow(30), to: daysFromNow(32) })),
  ],
  ['no time', false, () => judge(sign({ by: expired }), { trust: nobody })],
  ['now, where it is valid', true, claimed(today, person)],
  [
    'this very second, where it begins later',
    false,
    () =>
      judge(sign({ by: issue('Desde luego', { issuer: root, from: daysFromNow(1) }) }), {
        claimedTime: today,
        trust: nobody,
      }),
  ],
  [
    'a time when it was valid, though another one is proved',
    false,
    () => judge(sign({ by: expired }), { claimedTime: early, provenTime: daysFromNow(-4), trust: nobody }),
  ],
])('where nobody is believed, of what claims %s its validity is %s', async (_, valid, judged) => {
  expect((await judged()).findings.certificateValidWhenSigned).toBe(valid);
});

const late = daysFromNow(-1);

test.each<[string, Date | undefined, boolean, () => Promise<JudgedSignature>]>([
  ['nothing', undefined, false, () => judge(sign())],
  ['what it claims', early, false, () => judge(sign(), { claimedTime: early })],
  ['a time-stamp of the document', late, true, () => judge(sign(), { claimedTime: early, provenTime: late })],
  ['its own time-stamp', late, true, () => judge(stamped([{ at: late }]), { claimedTime: early })],
  ['the earlier of both', early, true, () => judge(stamped([{ at: late }]), { provenTime: early })],
  ['the earlier of both, the other way', early, true, () => judge(stamped([{ at: early }]), { provenTime: late })],
  ['the earliest of three', early, true, () => judge(stamped([{ at: late }, { at: early }, {}]))],
  ['the one that is believed', late, true, () => judge(stamped([{ at: early, by: strange }, { at: late }]))],
])('when it was signed is told by %s', async (_, time, timeProven, judged) => {
  const { signedAt, ...others } = await judged();
  expect([signedAt, others.timeProven]).toEqual([time, timeProven]);
});

const withMany = async (many: number) =>
  (await judge(stamped([...Array.from({ length: many }, () => ({})), { by: strange }]))).findings.timeStampToPinnedRoot;

test('no more than four time-stamps are looked at', async () => {
  expect([await withMany(3), await withMany(4)]).toEqual([false, true]);
});

test('the keys that it rests on are told with what they were used for, and when', async () => {
  const { used, isBaseline, certificate } = await judge(stamped([{ at: early }], { by: expired }));
  expect(used.map(({ purpose, at }) => [purpose, at])).toEqual([
    ['signing', early],
    ['time-stamping', early],
  ]);
  const signers = used.map(({ signer }) => Buffer.from(signer.signerCertificate!));
  expect(signers).toEqual([expired, stamper].map(({ certificate: own }) => Buffer.from(own.der)));
  expect([isBaseline, Buffer.from(certificate!)]).toEqual([true, Buffer.from(expired.certificate.der)]);
  const plain = await judge(sign(), { subFilter: 'adbe.pkcs7.detached' });
  expect([plain.isBaseline, plain.used.map(({ at }) => at)]).toEqual([false, [today]]);
  const broken = await judge(stamped([{ alterInfo: () => Buffer.of(5, 0) }]));
  expect(broken.used).toHaveLength(1);
});

const notes = async (contents: Buffer, asked?: Asked) => (await judge(contents, asked)).notes;

test('what is weak, and why a chain ends, is told once each', async () => {
  expect(await notes(stamped([{}]))).toEqual([]);
  expect(await notes(stamped([{ by: smallStamper, digest: 'sha1' }], { by: small, digest: 'sha1' }))).toEqual([
    'weak: SHA-1',
    'weak: an RSA key of 1024 bits',
  ]);
  expect(await notes(inside(sha1), oldForm)).toEqual(['weak: SHA-1']);
  expect(await notes(sign({ by: expired }))).toEqual(['chain: a certificate was not valid then']);
  const pastStamper = issue('Sello pasado', { issuer: root, extensions: stamping, to: daysFromNow(-5) });
  expect(await notes(stamped([{ by: pastStamper }]))).toEqual(['chain: a certificate was not valid then']);
  expect(await notes(sign(), { subFilter: 'nobody' })).toEqual(['its form is none that is known']);
  expect(await notes(sign(), { subFilter: 'adbe.x509.rsa_sha1' })).toEqual([
    'weak: SHA-1, in the form adbe.x509.rsa_sha1, which is not judged here',
  ]);
});

const stampAsked: Asked = { kind: 'time-stamp', subFilter: stampForm };
const ofDocument = { ...holds, certificateMaySign: null, timeStampHolds: true, timeStampByAuthority: true };

test.each<[string, Found, Uint8Array, Asked?]>([
  ['as it should be', {}, stamp()],
  ['with zeros behind', {}, Buffer.concat([stamp(), Buffer.alloc(9)])],
  ['in BER with zeros behind', {}, Buffer.concat([toBer(stamp(), 4), Buffer.alloc(9)])],
  ['with something behind', { rangeWhole: false }, Buffer.concat([stamp(), Buffer.of(0, 1)])],
  ['of something else', { digestMatches: false, timeStampHolds: false }, stamp({ of: Buffer.from('otra cosa') })],
  [
    'with an altered value',
    { signatureValid: false, timeStampHolds: false },
    stamp({ alterSignature: (value) => value.fill(1, 9) }),
  ],
  [
    'that names no certificate',
    { certificateBound: null, timeStampByAuthority: false },
    stamp({ attributes: ([a, b]) => [a!, b!] }),
  ],
  [
    'that names another certificate',
    { certificateBound: false, timeStampByAuthority: false },
    stamp({ attributes: ([a, b]) => [a!, b!, signingCertificate(person)] }),
  ],
  [
    'by what has expired',
    { certificateValidWhenSigned: false, chainToPinnedRoot: false, timeStampHolds: false },
    stamp({ by: issue('Sello pasado', { issuer: root, extensions: stamping, to: daysFromNow(-5) }) }),
  ],
  ['by a stranger', { chainToPinnedRoot: false }, stamp({ by: strange })],
  ['by who signed', { timeStampByAuthority: false }, stamp(), { signatories: [stamper.certificate.der] }],
  ['with a weak key', { algorithmsStrong: false }, stamp({ by: smallStamper })],
  [
    'with a weak key, of the past',
    { algorithmsStrong: null },
    stamp({ by: smallStamper }),
    { trust: { ...trust, legacy: true } },
  ],
  ['where nobody is believed', { chainToPinnedRoot: null }, stamp(), { trust: nobody }],
])('a time-stamp of the document %s', async (_, found, contents, asked) => {
  expect((await judge(contents, { ...stampAsked, ...asked })).findings).toEqual({ ...ofDocument, ...found });
});

test('a time-stamp of the document tells when, by whom, and what it rests on', async () => {
  const judged = await judge(stamp({ at: early }), stampAsked);
  expect(judged).toMatchObject({ signedAt: early, timeProven: true, isBaseline: false, notes: [] });
  expect(judged.used.map(({ purpose, at }) => [purpose, at])).toEqual([['time-stamping', early]]);
  expect(Buffer.from(judged.certificate!)).toEqual(Buffer.from(stamper.certificate.der));
  const strangers = await judge(stamp({ by: strange, digest: 'sha1' }), stampAsked);
  expect([strangers.timeProven, strangers.notes]).toEqual([false, ['weak: SHA-1']]);
});

test('a signature is no time-stamp of the document, nor is what is none', async () => {
  for (const contents of [sign(), bytes]) {
    const judged = await judge(contents, stampAsked);
    expect(judged.findings).toEqual(unread);
    expect([judged.used, judged.timeProven]).toEqual([[], false]);
  }
});
