import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBER, type Integer } from 'asn1js';
import * as pkijs from 'pkijs';
import { afterAll, expect, test } from 'vitest';
import { openAuthority } from '#authority/authority.ts';
import { toDer } from '@tu-esign/verifier/asn1/ber.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { toHex } from '@tu-esign/verifier/bytes.ts';
import { readSignedData } from '@tu-esign/verifier/cms/read-signed-data.ts';
import { readTimeStamp, readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createKeys } from '../keys.ts';
import { createFolder, run } from '../tools.ts';
import { signatures, timeStampResponses } from './samples.ts';

/** What we read of CMS and time-stamps beside what pkijs reads, and what openssl writes. */

const folder = createFolder();
afterAll(() => folder.remove());
const path = (name: string): string => join(folder.path, name);
const openssl = (...parameters: string[]): void => expect(run('openssl', ...parameters)).toMatchObject({ status: 0 });

const authority = await openAuthority({ keys: createKeys(folder.path), now: () => new Date() });
const own = await Promise.all(
  [{ nonce: Buffer.from('f102030405060708', 'hex') }, {}, { certificateRequested: false }].map((more) =>
    authority.createTimeStamp({ imprint: Buffer.alloc(32, 7), ...more }),
  ),
);
const responses = [...timeStampResponses, ...own.map(({ response }) => response)];
const tokens = responses.map((response) => Buffer.from(readTimeStampResponse(response).token!));

const parse = (der: Uint8Array) => fromBER(new Uint8Array(der).buffer).result;

const octetsOf = (number: Integer | undefined): string | undefined =>
  number && toHex(new Uint8Array(number.valueBlock.valueHexView));

/** asn1js gives an arc too large for a double as `{…}`: its base 128 digits in hexadecimal. */
const toDotted = (identifier: string): string =>
  identifier.replaceAll(/\{([0-9a-f]+)\}/g, (_, digits: string) =>
    String(Buffer.from(digits, 'hex').reduce((value, digit) => value * 128n + BigInt(digit), 0n)),
  );

const readAsPkijs = (cms: Uint8Array): pkijs.SignedData =>
  new pkijs.SignedData({ schema: new pkijs.ContentInfo({ schema: parse(cms) }).content });

test('there are signatures and time-stamps enough', () => {
  expect([signatures.length, responses.length]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(Math.min(signatures.length / 12, responses.length / 6)).toBeGreaterThanOrEqual(1);
});

test('pkijs reads of every signature what we read', () => {
  for (const cms of [...signatures, ...tokens]) {
    const [ours, theirs] = [readSignedData(toDer(cms)), readAsPkijs(cms)];
    const [signer, ...others] = theirs.signerInfos;
    expect(others).toEqual([]);
    const { issuer, serialNumber } = signer!.sid as pkijs.IssuerAndSerialNumber;
    expect({
      version: ours.version,
      contentType: ours.contentType,
      content: ours.content && toHex(ours.content),
      certificates: ours.certificates.map(toHex),
      signer: {
        version: ours.signer.version,
        issuer: toHex(ours.signer.issuer!),
        serialNumber: toHex(ours.signer.serialNumber!),
        digestAlgorithm: ours.signer.digestAlgorithm,
        signature: toHex(ours.signer.signature),
        attributes: ours.signer.signedAttributes && toHex(ours.signer.signedAttributes),
      },
    }).toEqual({
      version: theirs.version,
      contentType: theirs.encapContentInfo.eContentType,
      content: theirs.encapContentInfo.eContent && toHex(new Uint8Array(theirs.encapContentInfo.eContent.getValue())),
      certificates: (theirs.certificates ?? []).map((certificate) =>
        toHex(new Uint8Array(certificate.toSchema().toBER())),
      ),
      signer: {
        version: signer!.version,
        issuer: toHex(new Uint8Array(issuer.toSchema().toBER())),
        serialNumber: toHex(new Uint8Array(serialNumber.toBER())),
        digestAlgorithm: signer!.digestAlgorithm.algorithmId,
        signature: toHex(signer!.signature.valueBlock.valueHexView),
        attributes: signer!.signedAttrs && toHex(new Uint8Array(signer!.signedAttrs.encodedValue)),
      },
    });
  }
});

test('pkijs reads of every time-stamp what we read', async () => {
  for (const token of tokens) {
    const { info } = await readTimeStamp(token, nodePorts);
    const theirs = new pkijs.TSTInfo({
      schema: parse(readAsPkijs(token).encapContentInfo.eContent!.valueBlock.valueHexView),
    });
    expect({
      version: info.version,
      policy: info.policy,
      genTime: info.genTime,
      serialNumber: toHex(info.serialNumber),
      imprint: [info.imprint.algorithm, toHex(info.imprint.digest)],
      nonce: info.nonce && toHex(info.nonce),
    }).toEqual({
      version: theirs.version,
      policy: toDotted(theirs.policy),
      genTime: theirs.genTime,
      serialNumber: octetsOf(theirs.serialNumber),
      imprint: [
        theirs.messageImprint.hashAlgorithm.algorithmId,
        toHex(theirs.messageImprint.hashedMessage.valueBlock.valueHexView),
      ],
      nonce: octetsOf(theirs.nonce),
    });
  }
});

test('every time-stamp verifies whose certificate is inside', async () => {
  const verified = await Promise.all(tokens.map((cms) => verifySignedData({ cms }, nodePorts)));
  expect(verified.map(({ digestMatches }) => digestMatches)).toEqual(tokens.map(() => true));
  const withCertificate = verified.filter(({ certificates }) => certificates.length > 0);
  expect(withCertificate.map(({ signatureValid }) => signatureValid)).toEqual(withCertificate.map(() => true));
  expect(withCertificate).toHaveLength(tokens.length - 1);
});

const text = Buffer.from('lo que se firma '.repeat(5_000));
folder.write('text', text);

const rsa = ['-newkey', 'rsa:2048'];
const ec = (curve: string): string[] => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];
const pss = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_mgf1_md:sha256', '-keyopt'];

test.each<[string, string[], string[]]>([
  ['RSA, in pieces whose length nobody knew beforehand', rsa, ['-stream', '-nodetach']],
  ['RSA, in one piece', rsa, ['-nodetach']],
  ['RSA with SHA-512', rsa, ['-nodetach', '-md', 'sha512']],
  ['RSA with SHA-1', rsa, ['-nodetach', '-md', 'sha1']],
  ['RSA without signed attributes', rsa, ['-nodetach', '-noattr']],
  ['RSASSA-PSS', rsa, ['-nodetach', '-md', 'sha256', ...pss, 'rsa_pss_saltlen:32']],
  ['RSASSA-PSS with the longest salt', rsa, ['-nodetach', '-md', 'sha256', ...pss, 'rsa_pss_saltlen:222']],
  ['ECDSA, P-256', ec('P-256'), ['-nodetach']],
  ['ECDSA, P-384 with SHA-384, in pieces', ec('P-384'), ['-stream', '-nodetach', '-md', 'sha384']],
  ['ECDSA, P-521 with SHA-512', ec('P-521'), ['-nodetach', '-md', 'sha512']],
  ['CAdES', rsa, ['-nodetach', '-cades', '-md', 'sha384']],
])('what openssl signs with %s verifies, and no other text does', async (_, newKey, parameters) => {
  openssl('req', '-x509', ...newKey, '-nodes', '-keyout', path('key.pem'), '-out', path('own.pem'), '-subj', '/CN=Yo');
  const signer = ['-signer', path('own.pem'), '-inkey', path('key.pem'), '-binary', '-outform', 'DER'];
  openssl('cms', '-sign', '-in', path('text'), '-out', path('cms'), ...signer, ...parameters);
  const cms = readFileSync(path('cms'));
  expect(cms[1] === 0x80).toBe(parameters.includes('-stream'));
  const verified = await verifySignedData({ cms }, nodePorts);
  expect(verified).toMatchObject({ signatureValid: true, digestMatches: true });
  expect(Buffer.from(verified.content!)).toEqual(text);
  expect(Buffer.from(verified.signerCertificate!)).toEqual(Buffer.from(fromPem(readFileSync(path('own.pem'), 'utf8'))));
  expect(verified.certificateBound).toBe(parameters.includes('-cades') ? true : undefined);
  const changed = Buffer.from(cms);
  changed[changed.indexOf('firma')]! ^= 1;
  const broken = await verifySignedData({ cms: changed }, nodePorts);
  expect(broken.signatureValid && broken.digestMatches).toBe(false);
});

test('a key of another kind than the signature says does not verify, and throws nothing', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const check = { publicKey: publicKey.export({ format: 'der', type: 'spki' }), digest: 'sha256' } as const;
  for (const scheme of ['rsa-pkcs1', 'rsa-pss', 'ecdsa'] as const)
    expect(await nodePorts.verify({ ...check, scheme, bytes: text, signature: Buffer.alloc(64) })).toBe(false);
});
