import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { objectIdentifier, sequence } from '#asn1/der.ts';
import { split } from '@tu-esign/verifier/asn1/read.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { timeStampPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { DocumentToVerify, VerifiedDocument, VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import { judgeOutputs, type GivenOutputs } from '@tu-esign/verifier/verdicts/judge-outputs.ts';
import { unread } from '@tu-esign/verifier/verdicts/unread.ts';
import { authority, issue, signatory, stamping } from '../pki/certificates.ts';
import { stampToken, type TokenShape } from '../pki/signed-data.ts';

/** What belongs together is judged by one trust: what is handed on to whom, and what of it decides. */

const root = issue('Raíz', { extensions: authority() });
const [first, last] = ['Primera', 'Última'].map((name) => issue(name, { issuer: root, extensions: signatory }));
const stamper = issue('Sello', { issuer: root, extensions: stamping });

const document = new Uint8Array(Buffer.from('lo que se firmó'));
const sound: VerifiedDocument = {
  ...unread('document-damaged'),
  findings: { ...unread('document-damaged').findings, parsed: true, signaturesPresent: true },
};

const signature = (kind: VerifiedSignature['kind'], certificate?: Uint8Array, valid = true): VerifiedSignature =>
  ({ kind, certificate, findings: { signatureValid: valid } }) as unknown as VerifiedSignature;
const persons = [
  signature('time-stamp', stamper.certificate.der),
  signature('signature', first!.certificate.der),
  signature('signature', last!.certificate.der),
  signature('time-stamp', stamper.certificate.der),
];

const judge = async (given: Partial<GivenOutputs>, signatures: VerifiedSignature[] = persons, verified = sound) => {
  const asked: DocumentToVerify[] = [];
  const judged = await judgeOutputs(
    { document, against: {}, roots: [root.pem], policies: [], ...given },
    async (candidate) => {
      asked.push(candidate);
      return { ...verified, signatures };
    },
    nodePorts,
  );
  return { judged, asked: asked[0]! };
};

test('the document is judged by what was given', async () => {
  const { asked, judged } = await judge({});
  expect(asked).toEqual({ document, roots: [root.pem], providerRoots: [], legacy: false, now: expect.any(Date) });
  expect(asked).not.toHaveProperty('original');
  expect(judged).toMatchObject({
    holds: true,
    anchored: true,
    keyCertificate: undefined,
    conservationCertificate: undefined,
  });
  const original = new Uint8Array([7]);
  const more = await judge({ original, roots: [], providerRoots: ['x'], legacy: true });
  expect(more.asked).toMatchObject({ original, roots: undefined, providerRoots: ['x'], legacy: true });
  expect(more.judged.anchored).toBe(false);
});

test('what does not hold of any part decides', async () => {
  const bad = signature('signature', undefined, false);
  expect((await judge({}, [persons[1]!, bad])).judged.holds).toBe(false);
  expect((await judge({}, [], unread('document-damaged'))).judged.holds).toBe(false);
  expect((await judge({}, [])).judged.holds).toBe(true);
  expect((await judge({ keyCertificate: Buffer.from('no certificate') })).judged.holds).toBe(false);
  expect((await judge({ conservationCertificate: Buffer.from('no constancia') })).judged.holds).toBe(false);
});

const matches = async (keyCertificate: Uint8Array, signatures?: VerifiedSignature[]) =>
  (await judge({ keyCertificate }, signatures)).judged.keyCertificate!.findings.matchesSigner;

test('a key certificate is of the person who signed last', async () => {
  expect(await matches(last!.certificate.der)).toBe(true);
  expect(await matches(first!.certificate.der)).toBe(false);
  expect(await matches(first!.certificate.der, [persons[1]!])).toBe(true);
  expect(await matches(stamper.certificate.der, [persons[0]!])).toBeNull();
  expect(await matches(last!.certificate.der, [signature('signature')])).toBeNull();
});

const conserve = (of: Uint8Array, more: Partial<TokenShape> = {}): Buffer => stampToken({ by: stamper, of, ...more });
const constanciaOf = async (given: Partial<GivenOutputs>, signatures?: VerifiedSignature[]) =>
  (await judge({ policies: ['1.3.6.1.4.1.55555.'], ...given }, signatures)).judged.conservationCertificate!;

test('a constancia is of the document, or of a file that it may be of, by whatever digest', async () => {
  const other = Buffer.from('otra cosa');
  const given = { against: { other } };
  const [own, its] = [conserve(document), conserve(other, { imprint: 'sha512' })];
  expect((await constanciaOf({ ...given, conservationCertificate: own })).conserves).toBe('document');
  expect((await constanciaOf({ ...given, conservationCertificate: its })).conserves).toBe('other');
  expect((await constanciaOf({ conservationCertificate: its })).findings.imprintMatches).toBe(false);
  // What is judged is the document, whatever else has its name.
  const disguised = { against: { document: other }, conservationCertificate: its };
  expect((await constanciaOf(disguised)).conserves).toBeNull();
});

const apart = async (shape: Partial<TokenShape>, signatures?: VerifiedSignature[]) =>
  (await constanciaOf({ conservationCertificate: conserve(document, shape) }, signatures)).findings.apartFromSigners;

test('a constancia is by somebody apart from all who signed', async () => {
  const by = issue('Primera que sella', { keyName: 'Primera', issuer: root, extensions: stamping });
  expect(await apart({ by })).toBe(false);
  // Whoever stamps the document may conserve it.
  expect(await apart({})).toBe(true);
  const conservationCertificate = conserve(document, { by });
  const { findings } = await constanciaOf({ conservationCertificate }, [persons[0]!, signature('signature')]);
  expect(findings).toMatchObject({ parsed: true, apartFromSigners: null });
});

const real = readFileSync(new URL('../fixtures/constancia-advantage-2018.asn1', import.meta.url));

test('of a constancia Mexican providers are believed, those that are named, and the roots', async () => {
  const { findings } = await constanciaOf({ roots: [], policies: [], conservationCertificate: real });
  expect(pinnedRoots).toHaveLength(1);
  expect(findings).toMatchObject({ chainToPinnedRoot: true, policyRecognised: true });
  const own = { conservationCertificate: conserve(document) };
  expect((await constanciaOf(own)).findings.chainToPinnedRoot).toBe(true);
  expect((await constanciaOf({ ...own, roots: [] })).findings.chainToPinnedRoot).toBe(false);
  expect((await constanciaOf({ ...own, roots: [], providerRoots: [root.pem] })).findings.chainToPinnedRoot).toBe(true);
});

const known = async (policies: string[], der: Buffer) =>
  (await constanciaOf({ policies, conservationCertificate: der })).findings.policyRecognised;

const alterInfo = (info: Buffer) => sequence(...split(info).with(1, objectIdentifier(timeStampPolicy)));

test('of a constancia policies are known that are named, and our own', async () => {
  const token = conserve(document);
  expect([await known([], token), await known(['1.3.6.1.4.1.55555.1.1'], token)]).toEqual([false, true]);
  expect(await known([], conserve(document, { alterInfo }))).toBe(true);
});

test('of the past, weak constancias are told and do not fail', async () => {
  const conservationCertificate = conserve(document, { digest: 'sha1' });
  expect((await constanciaOf({ conservationCertificate })).findings.algorithmsStrong).toBe(false);
  expect((await constanciaOf({ conservationCertificate, legacy: true })).findings.algorithmsStrong).toBeNull();
});

test('a constancia from the future fails', async () => {
  const conservationCertificate = conserve(document, { at: new Date(Date.now() + 3_600_000) });
  expect((await constanciaOf({ conservationCertificate })).findings.genTimeHasCome).toBe(false);
});

test('a constancia may be of the document before nothing but time-stamps came behind it, and of no other beginning', async () => {
  const renewed = { ...sound, earlierEnds: [9, 6] };
  for (const length of [9, 6]) {
    const { judged } = await judge(
      { conservationCertificate: conserve(document.subarray(0, length)) },
      persons,
      renewed,
    );
    expect(judged.conservationCertificate).toMatchObject({
      conserves: `document’s first ${length} bytes, before it was time-stamped anew`,
      findings: { imprintMatches: true },
    });
  }
  const { judged } = await judge({ conservationCertificate: conserve(document.subarray(0, 7)) }, persons, renewed);
  expect(judged.conservationCertificate).toMatchObject({ conserves: null, findings: { imprintMatches: false } });
});
