import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf, type ConservationFindings } from '@tu-esign/verifier/verdicts/findings.ts';
import {
  holdsItself,
  judgeTimeStamp,
  provenTime,
  type JudgedTimeStamp,
} from '@tu-esign/verifier/verdicts/judge-time-stamp.ts';
import type { SignatureTrust } from '@tu-esign/verifier/verdicts/signature-trust.ts';
import { verifyTimeStamp, type TimeStampExpectations } from '@tu-esign/verifier/verdicts/time-stamp-token.ts';
import { integer, sequence } from '#asn1/der.ts';
import { authority, daysFromNow, issue, purpose, purposes, signatory, stamping, today, usage } from './certificates.ts';
import { stampToken, type TokenShape } from './signed-data.ts';

/** What is found of one time-stamp, of a signature and of a constancia. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const expired = issue('Sello vencido', {
  issuer: root,
  extensions: stamping,
  from: daysFromNow(-9),
  to: daysFromNow(-5),
});
const provider = issue('Prestador', { issuer: root, extensions: [usage('digitalSignature')] });
const stranger = issue('Raíz ajena', { extensions: authority() });
const strange = issue('Sello ajeno', { issuer: stranger, extensions: stamping });
const small = issue('Sello chico', { issuer: root, key: 'rsa1024', extensions: stamping });
const weak = issue('Sello con SHA-1', { issuer: root, extensions: stamping, digest: 'sha1' });
const of = Buffer.from('lo que se sella');

const trust: SignatureTrust = { roots: [root.certificate], providers: [], legacy: false, now: today };
const stamp = (more: Partial<TokenShape> = {}): Buffer => stampToken({ by: stamper, of, ...more });
const judge = (token: Uint8Array, more: Partial<SignatureTrust> = {}, signatories: Uint8Array[] = []) =>
  judgeTimeStamp(token, { bytes: of, signatories }, { ...trust, ...more }, nodePorts);

/** What another time-stamp says. */
const otherContent = ((): Buffer => {
  let carried: Buffer | undefined;
  stamp({ at: daysFromNow(-1), alterInfo: (info) => (carried = info) });
  return carried!;
})();

const whole = {
  imprintMatches: true,
  signatureValid: true,
  certificateValid: true,
  hasCome: true,
  byAuthority: true,
  toPinnedRoot: true,
  weaknesses: [],
  fault: undefined,
};
const answer = (token: Uint8Array): Buffer => sequence(sequence(integer(0)), token);
const nobody = { roots: undefined };
const nothingOf = {
  imprintMatches: false,
  signatureValid: false,
  certificateValid: false,
  hasCome: false,
  fault: undefined,
};
const atNoRoot = { toPinnedRoot: false };

test.each<[string, Partial<JudgedTimeStamp>, Uint8Array, Partial<SignatureTrust>?, Uint8Array[]?]>([
  ['as it should be', {}, stamp()],
  ['over another digest', {}, stamp({ imprint: 'sha512' })],
  ['over something else', { imprintMatches: false }, stamp({ of: Buffer.from('otra cosa') })],
  ['over a digest that nobody knows', { imprintMatches: false }, stamp({ imprint: 'sha224' })],
  [
    'without a certificate',
    { signatureValid: false, certificateValid: false, byAuthority: false, ...atNoRoot },
    stamp({ certificates: [] }),
  ],
  ['with an altered signature', { signatureValid: false }, stamp({ alterSignature: (value) => value.fill(1, 9) })],
  ['with other content', { signatureValid: false }, stamp({ carried: otherContent })],
  ['from before', {}, stamp({ by: expired, at: daysFromNow(-6) })],
  [
    'by what has expired',
    { certificateValid: false, ...atNoRoot, fault: 'a certificate was not valid then' },
    stamp({ by: expired }),
  ],
  ['from the future', { hasCome: false }, stamp({ at: daysFromNow(1) })],
  ['from later, looked at then', {}, stamp({ at: daysFromNow(1) }), { now: daysFromNow(1) }],
  ['by a stranger', atNoRoot, stamp({ by: strange })],
  ['by a stranger whose root is of providers', {}, stamp({ by: strange }), { providers: [stranger.certificate] }],
  ['by a provider', {}, stamp({ by: provider }), { roots: [], providers: [root.certificate] }],
  ['by what is like a provider', { byAuthority: false }, stamp({ by: provider })],
  ['by who signed', { byAuthority: false }, stamp(), {}, [person.certificate.der, stamper.certificate.der]],
  ['by somebody else than who signed', {}, stamp(), {}, [person.certificate.der]],
  ['with a weak imprint', { weaknesses: ['SHA-1'] }, stamp({ imprint: 'sha1' })],
  ['with a weak signature', { weaknesses: ['SHA-1'] }, stamp({ digest: 'sha1' })],
  ['with a weak key', { weaknesses: ['an RSA key of 1024 bits'] }, stamp({ by: small })],
  ['with a weak certificate', { weaknesses: ['SHA-1'] }, stamp({ by: weak })],
  [
    'with a weak key at no root',
    { ...atNoRoot, weaknesses: ['an RSA key of 1024 bits'] },
    stamp({ by: small }),
    { roots: [] },
  ],
  ['where nobody is believed', { toPinnedRoot: null }, stamp(), nobody],
  [
    'by what is like a provider where nobody is believed',
    { toPinnedRoot: null, byAuthority: null },
    stamp({ by: provider }),
    nobody,
  ],
  [
    'by who signed where nobody is believed',
    { toPinnedRoot: null, byAuthority: false },
    stamp(),
    nobody,
    [stamper.certificate.der],
  ],
  ['in an answer', { ...nothingOf, byAuthority: false, ...atNoRoot }, answer(stamp())],
  [
    'in an answer where nobody is believed',
    { ...nothingOf, byAuthority: null, toPinnedRoot: null },
    answer(stamp()),
    nobody,
  ],
  ['that is none', { ...nothingOf, byAuthority: false, ...atNoRoot }, of],
  ['that is none where nobody is believed', { ...nothingOf, byAuthority: null, toPinnedRoot: null }, of, nobody],
])('a time-stamp %s', async (_, found, token, more, signatories) => {
  const { stamp: parsed, ...judged } = await judge(token, more, signatories);
  expect(judged).toEqual({ ...whole, ...found });
  expect(parsed !== undefined).toBe(judged.signatureValid || judged.hasCome);
});

const holding: JudgedTimeStamp = {
  ...whole,
  stamp: (await judge(stamp())).stamp,
  byAuthority: true,
  toPinnedRoot: true,
};

test.each<[string, boolean, boolean, Partial<JudgedTimeStamp>]>([
  ['all holds', true, true, {}],
  ['it is of something else', false, false, { imprintMatches: false }],
  ['its signature does not hold', false, false, { signatureValid: false }],
  ['its certificate had expired', false, false, { certificateValid: false }],
  ['it is from the future', false, false, { hasCome: false }],
  ['it is by no authority', true, false, { byAuthority: false }],
  ['its root is not believed', true, false, { toPinnedRoot: false }],
  ['nobody knows by whom it is', true, true, { byAuthority: null, toPinnedRoot: null }],
])('where %s it is whole: %s, and proves its time: %s', (_, holds, proves, found) => {
  const judged = { ...holding, ...found };
  expect(holdsItself(judged)).toBe(holds);
  expect(provenTime(judged)).toEqual(proves ? today : undefined);
});

const held: TimeStampExpectations = {
  roots: [root.pem],
  policies: ['1.3.6.1.4.1.55555.1.1'],
  digest: hash('sha256', of),
  now: today,
};
const verify = (token: Uint8Array, more: Partial<TimeStampExpectations> = {}) =>
  verifyTimeStamp(token, { ...held, ...more }, nodePorts);
const withNonce = (...octets: number[]): Buffer => stamp({ more: [Buffer.of(0x02, octets.length, ...octets)] });
const nonce = (...octets: number[]): Partial<TimeStampExpectations> => ({ nonce: Uint8Array.from(octets) });

const holds: ConservationFindings = {
  parsed: true,
  granted: null,
  imprintMatches: true,
  nonceMatches: null,
  signatureValid: true,
  certificateValidAtGenTime: true,
  genTimeHasCome: true,
  extendedKeyUsage: true,
  certificateBound: true,
  apartFromSigners: null,
  chainToPinnedRoot: true,
  algorithmsStrong: true,
  certificatesIntact: true,
  policyRecognised: true,
  revocationChecked: null,
};
/** By an authority that names what it certifies for. */
const below = (type: string): Partial<TokenShape> => {
  const middle = issue(`Intermedia ${type}`, { issuer: root, extensions: [...authority(), purposes(false, type)] });
  const by = issue('Sello de intermedia', { issuer: middle, extensions: stamping });
  return { by, certificates: [by.certificate.der, middle.certificate.der] };
};
const unnamed: Partial<TokenShape> = { attributes: ([type, digest]) => [type!, digest!] };

test.each<[string, Partial<ConservationFindings>, Uint8Array, Partial<TimeStampExpectations>?]>([
  ['a token', {}, stamp()],
  ['an answer', { granted: true }, answer(stamp())],
  ['a refusal with a token', { granted: false }, sequence(sequence(integer(2)), stamp())],
  ['a token of another digest', { imprintMatches: false }, stamp({ of: Buffer.from('otra cosa') })],
  [
    'a token of another algorithm’s digest',
    { imprintMatches: false },
    stamp({ imprint: 'sha512' }),
    { digest: hash('sha512', of) },
  ],
  ['a nonce that was sent', { nonceMatches: true }, withNonce(0x41, 7), nonce(0x41, 7)],
  ['a nonce with a zero before it', { nonceMatches: true }, withNonce(0, 0x81), nonce(0x81)],
  ['a nonce that had a zero before it', { nonceMatches: true }, withNonce(7), nonce(0, 7)],
  ['no nonce, where none was sent but nothing', { nonceMatches: true }, withNonce(0), nonce()],
  ['a nonce of no octets', { nonceMatches: true }, withNonce(), nonce(0)],
  ['another nonce', { nonceMatches: false }, withNonce(7), nonce(8)],
  ['no nonce', { nonceMatches: false }, stamp(), nonce(0)],
  ['a nonce that was not sent', {}, withNonce(7)],
  ['an altered signature', { signatureValid: false }, stamp({ alterSignature: (value) => value.fill(1, 9) })],
  ['other content', { signatureValid: false }, stamp({ carried: otherContent })],
  ['what had expired', { certificateValidAtGenTime: false, chainToPinnedRoot: false }, stamp({ by: expired })],
  ['an authority above that certifies for mail alone', { chainToPinnedRoot: false }, stamp(below(purpose.mail))],
  ['an authority above that certifies for time-stamps', {}, stamp(below(purpose.timeStamping))],
  ['the future', { genTimeHasCome: false }, stamp({ at: daysFromNow(1) })],
  [
    'a certificate for mail',
    { extendedKeyUsage: false },
    stamp({ by: issue('De correo', { issuer: root, extensions: [purposes(true, purpose.mail)] }) }),
  ],
  ['a token that names nobody', { certificateBound: false }, stamp(unnamed)],
  [
    'a provider’s token that names nobody',
    { certificateBound: null, extendedKeyUsage: null },
    stamp({ by: provider, ...unnamed }),
    { providerRoots: [root.pem] },
  ],
  ['somebody apart', { apartFromSigners: true }, stamp(), { signatories: [person.certificate.der] }],
  [
    'one of those who signed',
    { apartFromSigners: false },
    stamp(),
    { signatories: [person.certificate.der, stamper.certificate.der] },
  ],
  ['nobody who has signed', {}, stamp(), { signatories: [] }],
  ['a stranger', { chainToPinnedRoot: false }, stamp({ by: strange })],
  [
    'a stranger, with one who signed and no certificate',
    {
      apartFromSigners: true,
      certificateValidAtGenTime: false,
      extendedKeyUsage: false,
      certificateBound: false,
      chainToPinnedRoot: false,
      signatureValid: false,
    },
    stamp({ certificates: [] }),
    { signatories: [person.certificate.der] },
  ],
  ['SHA-1', { algorithmsStrong: false }, stamp({ digest: 'sha1' })],
  ['SHA-1, of the past', { algorithmsStrong: null }, stamp({ digest: 'sha1' }), { legacy: true }],
  ['SHA-1 in the certificate', { algorithmsStrong: false }, stamp({ by: weak })],
  [
    'a weak key at no root',
    { algorithmsStrong: false, chainToPinnedRoot: false },
    stamp({ by: small }),
    { roots: [stranger.pem] },
  ],
  [
    'an altered certificate beside',
    { certificatesIntact: false },
    stamp({
      certificates: [stamper.certificate.der, issue('Falsa', { issuer: root, signedBy: stranger }).certificate.der],
    }),
  ],
  ['a policy below a known one', {}, stamp(), { policies: ['9.9', '1.3.6.1.4.1.55555.'] }],
  ['a policy below one that is known alone', { policyRecognised: false }, stamp(), { policies: ['1.3.6.1.4.1.55555'] }],
  [
    'a policy beside a known one',
    { policyRecognised: false },
    stamp(),
    { policies: ['1.3.6.1.4.1.5555.', '1.3.6.1.4.1.55555.1.1.'] },
  ],
])('of a constancia with %s', async (_, found, token, more) => {
  const { findings } = await verify(token, more);
  expect(findings).toEqual({ ...holds, ...found });
});

test('of what nobody says it conserves it is not judged whether it does', async () => {
  const { digest, ...others } = held;
  expect(digest).toBeDefined();
  expect((await verifyTimeStamp(stamp(), others, nodePorts)).findings).toEqual({ ...holds, imprintMatches: null });
});

test('whom a token names, what it says, and what is weak of it is told beside', async () => {
  const found = await verify(stamp());
  expect(found).toMatchObject({ certificateBound: true, notes: [] });
  expect(found.content).toMatchObject({
    genTime: today,
    policy: '1.3.6.1.4.1.55555.1.1',
    imprint: { digest: held.digest },
  });
  expect((await verify(stamp(unnamed))).certificateBound).toBe(false);
  const bad = await verify(stamp({ by: weak, digest: 'sha1', at: daysFromNow(-40) }));
  expect(bad.notes).toEqual(['weak: SHA-1', 'chain: a certificate was not valid then']);
});

test('of what is no time-stamp nothing holds', async () => {
  const { findings, ...others } = await verify(of);
  expect(others).toEqual({ content: undefined, certificateBound: false, notes: [] });
  const never = ['parsed', 'signatureValid', 'certificateValidAtGenTime', 'genTimeHasCome', 'chainToPinnedRoot'];
  expect(failedOf(findings)).toEqual([...never, 'certificatesIntact', 'policyRecognised']);
  expect(Object.values(findings)).not.toContain(true);
});

test('ACR2-SE is believed for time-stamps wherever somebody is, and nowhere else', async () => {
  expect(pinnedRoots).toHaveLength(1);
  const file = new URL('../fixtures/constancia-advantage-2018.asn1', import.meta.url);
  const token = readTimeStampResponse(readFileSync(file)).token!;
  expect(await judge(token)).toMatchObject({ toPinnedRoot: true, byAuthority: true });
  expect(await judge(token, nobody)).toMatchObject({ toPinnedRoot: null, byAuthority: null });
});
