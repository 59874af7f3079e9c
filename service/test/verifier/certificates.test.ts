import { generateKeyPairSync, hash, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fromBER, type BitString } from 'asn1js';
import { array, assert, asyncProperty, constantFrom, string, tuple } from 'fast-check';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { element, objectIdentifier, sequence, setOf } from '#asn1/der.ts';
import { createSigner } from '#asn1/signer.ts';
import { openAuthority } from '#authority/authority.ts';
import { createCertificate } from '#authority/create-certificate.ts';
import { toDer } from '@tu-esign/verifier/asn1/ber.ts';
import { readPemBlocks } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import {
  mayCertify,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
  readPolicies,
  unknownCritical,
} from '@tu-esign/verifier/certificates/extensions.ts';
import { nameToText } from '@tu-esign/verifier/certificates/names.ts';
import { readPublicKey } from '@tu-esign/verifier/certificates/public-key.ts';
import { readSignedData } from '@tu-esign/verifier/cms/read-signed-data.ts';
import { readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { createKeys } from '../keys.ts';
import { createFolder, run } from '../tools.ts';
import { pemFiles, signatures, timeStampResponses } from './samples.ts';

/** What we read of certificates beside what others read: Node, which is OpenSSL, and pkijs. */

const folder = createFolder();
afterAll(() => folder.remove());
const path = (name: string): string => join(folder.path, name);

const authority = await openAuthority({ keys: createKeys(folder.path), now: () => new Date() });
const signatory = { givenName: 'Łucja "Lu"', paternalSurname: 'Ñandú + Cía', email: 'lucja@example.org' };

/** What our authority makes none of: other keys and algorithms, numbers that are negative, and what is critical. */
const odd: [string, ...string[]][] = [
  ['rsa', '-newkey', 'rsa:2048', '-addext', 'extendedKeyUsage=critical,timeStamping,emailProtection'],
  ['small', '-newkey', 'rsa:1024', '-addext', 'nameConstraints=critical,permitted;email:example.org'],
  ['strange', '-newkey', 'rsa:2048', '-addext', '1.2.3.4.5=critical,ASN1:NULL'],
  ['pss', '-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ['p384', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384', '-set_serial', '-12345'],
  ['p521', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-addext', 'keyUsage=decipherOnly,keyAgreement'],
  ['secp256k1', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1', '-set_serial', '0x80ff'],
  ['ed25519', '-newkey', 'ed25519', '-addext', 'certificatePolicies=1.2.3.4,2.5.29.32.0'],
  ['leaf', '-newkey', 'rsa:2048', '-addext', 'basicConstraints=CA:FALSE', '-days', '12000'],
  ['deep', '-newkey', 'rsa:2048', '-addext', 'basicConstraints=critical,CA:TRUE,pathlen:3'],
  ['signer', '-newkey', 'rsa:2048', '-addext', 'keyUsage=digitalSignature'],
];

const createOdd = ([name, ...parameters]: [string, ...string[]]): string => {
  const subject = ['-utf8', '-subj', '/C=MX/O=Casa, S.A./CN=Raíz/serialNumber=SAT970701NN3'];
  const files = ['-x509', '-nodes', '-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)];
  expect(run('openssl', 'req', ...files, ...subject, ...parameters)).toMatchObject({ status: 0 });
  return readFileSync(path(`${name}.pem`), 'utf8');
};

const createOwn = async (): Promise<string[]> => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { pem } = await authority.issueSignatoryKey({ ...signatory, rfc: 'Ñ&E970701NN3' });
  return [authority.rootPem, authority.chainPem, pem, await authority.certifySeal(publicKey)];
};

/** DER of every certificate that there is, each once. */
const collect = async (): Promise<Buffer[]> => {
  const tokens = timeStampResponses.map((response) => readTimeStampResponse(response).token!);
  const inside = [...signatures, ...tokens].flatMap((cms) => readSignedData(toDer(cms)).certificates);
  const pems = [...pemFiles, ...(await createOwn()), ...odd.map(createOdd), ...rootCertificates];
  const all = [...inside, ...pems.flatMap(readPemBlocks)].map((der) => Buffer.from(der));
  return [...new Map(all.map((der) => [hash('sha256', der), der])).values()];
};

let certificates: Buffer[];
beforeAll(async () => {
  certificates = await collect();
});

const text = (name: string | undefined): string => name ?? '';

const describeKey = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): unknown[] => {
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  return [asymmetricKeyType?.replace('-pss', ''), modulusLength ?? namedCurve];
};

const curves: Record<string, string> = {
  '1.2.840.10045.3.1.7': 'prime256v1',
  '1.3.132.0.10': 'secp256k1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
};

const describeOurs = (publicKey: Uint8Array): unknown[] => {
  const key = readPublicKey(publicKey);
  if (key.kind === 'rsa') return ['rsa', key.bits];
  return key.kind === 'ec' ? ['ec', curves[key.curve]] : ['ed25519', undefined];
};

test('there are certificates enough of many kinds', () => {
  expect(certificates.length).toBeGreaterThan(150);
});

test('Node reads of every certificate what we read', () => {
  for (const der of certificates) {
    const [ours, theirs] = [readCertificate(der), new X509Certificate(der)];
    expect({
      subject: nameToText(ours.subject),
      issuer: nameToText(ours.issuer),
      valid: [ours.notBefore, ours.notAfter],
      purposes: readExtendedKeyUsage(ours),
      mayCertify: mayCertify(ours),
      publicKey: Buffer.from(ours.publicKey),
      key: describeOurs(ours.publicKey),
    }).toEqual({
      subject: text(theirs.subject),
      issuer: text(theirs.issuer),
      valid: [theirs.validFromDate, theirs.validToDate],
      purposes: theirs.keyUsage,
      mayCertify: theirs.ca,
      publicKey: theirs.publicKey.export({ format: 'der', type: 'spki' }),
      key: describeKey(theirs.publicKey),
    });
  }
});

const parse = (der: Uint8Array) => fromBER(new Uint8Array(der).buffer).result;

/** Bits of keyUsage by name, as pkijs leaves them. */
const usages = `digitalSignature nonRepudiation keyEncipherment dataEncipherment keyAgreement keyCertSign cRLSign
  encipherOnly decipherOnly`.split(/\s+/);
const toUsages = (bits: Uint8Array): string[] =>
  usages.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);

/** asn1js gives an arc too large for a double as `{…}`: its base 128 digits in hexadecimal. */
const toDotted = (identifier: string): string =>
  identifier.replaceAll(/\{([0-9a-f]+)\}/g, (_, digits: string) =>
    String(Buffer.from(digits, 'hex').reduce((value, digit) => value * 128n + BigInt(digit), 0n)),
  );

const describeExtensions = (extensions: pkijs.Extension[] = []) => {
  const valueOf = (type: string): unknown => extensions.find(({ extnID }) => extnID === type)?.parsedValue;
  const constraints = valueOf('2.5.29.19') as pkijs.BasicConstraints | undefined;
  const usage = valueOf('2.5.29.15') as BitString | undefined;
  const policies = valueOf('2.5.29.32') as pkijs.CertificatePolicies | undefined;
  const purposes = valueOf('2.5.29.37') as pkijs.ExtKeyUsage | undefined;
  const length = constraints?.pathLenConstraint;
  return {
    constraints: constraints && { ca: constraints.cA, ...(length !== undefined && { pathLength: Number(length) }) },
    usage: usage && toUsages(usage.valueBlock.valueHexView),
    policies: policies?.certificatePolicies.map(({ policyIdentifier }) => toDotted(policyIdentifier)),
    purposes: purposes?.keyPurposes,
    all: extensions.map(({ extnID, critical }) => [extnID, critical]),
  };
};

test('pkijs reads of every certificate what we read', () => {
  for (const der of certificates) {
    const [ours, theirs] = [readCertificate(der), new pkijs.Certificate({ schema: parse(der) })];
    expect({
      version: ours.version,
      toBeSigned: Buffer.from(ours.toBeSigned),
      serialNumber: Buffer.from(ours.serialNumber),
      signature: Buffer.from(ours.signature),
      constraints: readBasicConstraints(ours),
      usage: readKeyUsage(ours),
      purposes: readExtendedKeyUsage(ours),
      policies: readPolicies(ours),
      all: ours.extensions.map(({ type, critical }) => [type, critical]),
    }).toEqual({
      version: theirs.version + 1,
      toBeSigned: Buffer.from(theirs.tbsView),
      serialNumber: Buffer.from(theirs.serialNumber.toBER()),
      signature: Buffer.from(theirs.signatureValue.valueBlock.valueHexView),
      ...describeExtensions(theirs.extensions),
    });
  }
});

test('what is critical and not known is named', () => {
  const critical = certificates.map(readCertificate).flatMap(unknownCritical);
  expect(critical).toEqual(['1.2.3.4.5']);
});

const types = ['2.5.4.3', '2.5.4.4', '2.5.4.5', '2.5.4.10', '2.5.4.45', '1.2.840.113549.1.9.2', '2.25.99999999999.1'];
const strange = [',', '+', '"', '\\', '<', '>', ';', '#', ' ', '=', '\n', '\0', '\x7f', 'ñ', 'e\u0301', '€', '😀', 'a'];

/** UTF8String, PrintableString, T61String, IA5String, BMPString. */
const strings: [number, (value: string) => Buffer][] = [
  [0x0c, (value) => Buffer.from(value)],
  [0x13, (value) => Buffer.from(value, 'latin1')],
  [0x14, (value) => Buffer.from(value, 'latin1')],
  [0x16, (value) => Buffer.from(value, 'latin1')],
  [0x1e, (value) => Buffer.from(value.replaceAll('😀', ''), 'utf16le').swap16()],
];

const attribute = tuple(
  constantFrom(...types),
  constantFrom(...strings),
  string({ unit: constantFrom(...strange), maxLength: 6 }),
).map(([type, [tag, encode], value]) => sequence(objectIdentifier(type), element(tag, encode(value))));

const names = array(array(attribute, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }).map((relative) =>
  sequence(...relative.map((attributes) => setOf(...attributes))),
);

test('names of all kinds are the lines that Node makes of them', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const common = { publicKey, notBefore: new Date(0), notAfter: new Date(), extensions: [] };
  const signer = createSigner(privateKey);
  const isAsNodeSays = async (subject: Buffer): Promise<void> => {
    const { der } = await createCertificate({ ...common, subject, signer });
    expect(nameToText(subject)).toBe(new X509Certificate(der).subject);
  };
  await assert(asyncProperty(names, isAsNodeSays), { numRuns: 300 });
});
