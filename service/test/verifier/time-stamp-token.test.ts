import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { element } from '#asn1/der.ts';
import { split } from '@tu-esign/verifier/asn1/read.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import {
  verifyTimeStamp as verifyWith,
  type TimeStampExpectations,
} from '@tu-esign/verifier/verdicts/time-stamp-token.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const constancia = fixture('constancia-advantage-2018.asn1');
const roots = [fixture('acr2-se-root.pem').toString()];
const policies = ['2.16.484.101.10.316.'];
const conserved = '6533901d156ca462d0a40380d5bc0a2264b0333b66de701268f5b2ab745f973e';
const expected = { roots, policies, digest: conserved, now: new Date() };

const verifyTimeStamp = (der: Uint8Array, held: TimeStampExpectations) => verifyWith(der, held, nodePorts);

const changedAt = (at: number): Buffer => {
  const changed = Buffer.from(constancia);
  changed[at]! ^= 1;
  return changed;
};

test('a real constancia of 2018 holds, with the quirks of its issuer named', async () => {
  const { findings, content } = await verifyTimeStamp(constancia, expected);
  expect(findings).toEqual({
    parsed: true,
    granted: true,
    imprintMatches: true,
    nonceMatches: null,
    signatureValid: true,
    // its signingCertificateV2 names a certificate that is not inside; openssl -cades says so too
    certificateBound: null,
    certificateValidAtGenTime: true,
    genTimeHasCome: true,
    extendedKeyUsage: null,
    apartFromSigners: null,
    chainToPinnedRoot: true,
    algorithmsStrong: true,
    certificatesIntact: true,
    policyRecognised: true,
    revocationChecked: null,
  });
  expect(content?.genTime.toISOString()).toBe('2018-07-18T20:59:03.190Z');
  expect(content?.policy).toBe('2.16.484.101.10.316.2.1.1.2.1');
  expect(content?.serialNumber).toMatch(/^[0-9a-f]+$/);
  expect(content?.issuer).toContain('Advantage Security PSC NOM151');
});

test('it matches no other digest', async () => {
  const { findings } = await verifyTimeStamp(constancia, { ...expected, digest: 'ab'.repeat(32) });
  expect(findings).toMatchObject({ imprintMatches: false, signatureValid: true });
});

test('one byte of the conserved digest changed breaks imprint and signature', async () => {
  const { findings } = await verifyTimeStamp(changedAt(constancia.indexOf(Buffer.from(conserved, 'hex'))), expected);
  expect(findings).toMatchObject({ parsed: true, imprintMatches: false, signatureValid: false });
});

test('the last byte, which is of the signature, changed breaks the signature alone', async () => {
  const { findings } = await verifyTimeStamp(changedAt(constancia.length - 1), expected);
  expect(findings).toMatchObject({ imprintMatches: true, signatureValid: false, chainToPinnedRoot: true });
});

test('without its root pinned, the root inside is not believed', async () => {
  const { findings } = await verifyTimeStamp(constancia, { ...expected, roots: [] });
  expect(findings.chainToPinnedRoot).toBe(false);
});

test('a policy that is not on the list is not recognised', async () => {
  const { findings } = await verifyTimeStamp(constancia, { ...expected, policies: ['2.16.484.101.10.316.2.1.1.2'] });
  expect(findings.policyRecognised).toBe(false);
});

test('whatever byte is changed, nothing is thrown, and signature, chain or parsing falls', async () => {
  for (let at = 0; at < constancia.length; at += 41) {
    const { findings } = await verifyTimeStamp(changedAt(at), expected);
    expect(Object.keys(findings)).toHaveLength(15);
  }
});

/** The encoding with a member, found by going down these places, having its own members this often. */
const multiply = (der: Uint8Array, [place, ...below]: number[], times: number): Uint8Array => {
  const members = split(der);
  if (place === undefined)
    return element(der[0]!, ...members.flatMap((member) => Array<Uint8Array>(times).fill(member)));
  return element(der[0]!, ...members.with(place, multiply(members[place]!, below, times)));
};

test('copies of a certificate that issue one another do not take for ever', async () => {
  const certificates = [1, 1, 0, 3];
  let asked = 0;
  const counting: Ports = {
    ...nodePorts,
    verify: (check) => {
      asked += 1;
      if (asked > 1_000) throw new Error('for ever');
      return nodePorts.verify(check);
    },
  };
  const { findings } = await verifyWith(multiply(constancia, certificates, 15), { ...expected, roots: [] }, counting);
  expect(findings).toMatchObject({ signatureValid: true, chainToPinnedRoot: false });
  expect(asked).toBeLessThan(1_000);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('constancia')],
  ['half of it', constancia.subarray(0, 3000)],
])('%s is no time-stamp', async (_, bytes) => {
  const { findings, content } = await verifyTimeStamp(bytes, expected);
  expect(findings.parsed).toBe(false);
  expect(content).toBeUndefined();
});
