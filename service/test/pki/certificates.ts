import { createHash, randomBytes } from 'node:crypto';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { readKeyBits } from '@tu-esign/verifier/certificates/public-key.ts';
import {
  bitString,
  boolean,
  element,
  explicit,
  implicit,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  utf8String,
  validityTime,
  type Der,
} from '#asn1/der.ts';
import { toPem } from '#asn1/pem.ts';
import { signatureAlgorithm, signWith, type Digest } from './algorithms.ts';
import { keyOf, type KeyKind, type KeyPair } from './keys.ts';

/** A certificate of any shape, ordinary or hostile, and the key that it is of. */
export interface Party extends KeyPair {
  name: string;
  certificate: Certificate;
  pem: string;
}

export interface Shape {
  key?: KeyKind;
  /** Whose key it is, where two certificates are of one key. */
  keyName?: string;
  /** Undefined: it certifies itself. */
  issuer?: Party;
  /** Whose key signs, where that is not the issuer's. */
  signedBy?: Party;
  digest?: Digest;
  /** AlgorithmIdentifier inside, where it is another one than outside. */
  claimed?: Der;
  extensions?: Der[];
  /** As of the issuer and itself; undefined leaves key identifiers out. */
  keyIdentifiers?: { authority?: Uint8Array | undefined; subject?: Uint8Array | undefined };
  /** DER Names. */
  subject?: Der;
  issuerName?: Der;
  serialNumber?: Der;
  from?: Date;
  to?: Date;
  version?: number;
  /** DER in place of validity's members. */
  times?: Der[];
  /** What stands behind the extensions. */
  behind?: Der[];
  alter?: (der: Buffer) => Buffer;
}

const day = 86_400_000;
/** What all shapes are measured by: the same in a whole run. */
export const today = new Date(Math.floor(Date.now() / 1000) * 1000);
export const daysFromNow = (days: number): Date => new Date(today.getTime() + days * day);

const attribute = (type: string, value: Der): Der => setOf(sequence(objectIdentifier(type), value));
export const commonName = (text: string): Der => attribute('2.5.4.3', utf8String(text));
export const organization = (text: string): Der => attribute('2.5.4.10', utf8String(text));
export const mailAddress = (text: string): Der => attribute('1.2.840.113549.1.9.1', element(0x16, Buffer.from(text)));

export const extension = (type: string, value: Der, critical = false): Der =>
  sequence(objectIdentifier(type), ...(critical ? [boolean(true)] : []), octetString(value));

export const constraints = (ca: boolean, pathLength?: number | Der): Der => {
  const length = typeof pathLength === 'number' ? integer(pathLength) : pathLength;
  return extension('2.5.29.19', sequence(...(ca ? [boolean(true)] : []), ...(length ? [length] : [])), true);
};
const bits = { digitalSignature: 0, nonRepudiation: 1, keyEncipherment: 2, keyCertSign: 5, crlSign: 6 };
export const usage = (...names: (keyof typeof bits)[]): Der =>
  extension('2.5.29.15', namedBits(...names.map((name) => bits[name])), true);
export const purposes = (critical: boolean, ...types: string[]): Der =>
  extension('2.5.29.37', sequence(...types.map(objectIdentifier)), critical);
export const purpose = {
  any: '2.5.29.37.0',
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
  code: '1.3.6.1.5.5.7.3.3',
  mail: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  documents: '1.3.6.1.5.5.7.3.36',
};
export const mailName = (text: string): Der => implicit(1, Buffer.from(text, 'latin1'));
export const hostName = (text: string): Der => implicit(2, Buffer.from(text, 'latin1'));
export const directoryName = (name: Der): Der => explicit(4, name);
export const alternatives = (...names: Der[]): Der => extension('2.5.29.17', sequence(...names));
const subtrees = (number: number, names: readonly Der[]): Der[] =>
  names.length ? [explicit(number, ...names.map((name) => sequence(name)))] : [];
export const nameConstraints = (permitted: Der[], excluded: Der[] = [], critical = true): Der =>
  extension('2.5.29.30', sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), critical);

/** What an ordinary authority has. */
export const authority = (pathLength?: number): Der[] => [
  constraints(true, pathLength),
  usage('keyCertSign', 'crlSign'),
];
/** What an ordinary signatory has. */
export const signatory: Der[] = [usage('digitalSignature', 'nonRepudiation')];
/** What an ordinary time-stamp authority has. */
export const stamping: Der[] = [usage('digitalSignature', 'nonRepudiation'), purposes(true, purpose.timeStamping)];

export const keyIdentifierOf = (publicKey: Uint8Array): Buffer =>
  createHash('sha1').update(readKeyBits(publicKey)).digest();

const identifiers = ({ authority: above, subject }: NonNullable<Shape['keyIdentifiers']>): Der[] => [
  ...(above ? [extension('2.5.29.35', sequence(implicit(0, above)))] : []),
  ...(subject ? [extension('2.5.29.14', octetString(subject))] : []),
];

/** Of what is no certificate for us, its bytes alone. */
const tryRead = (der: Buffer): Certificate => {
  try {
    return readCertificate(der);
  } catch {
    return { der } as unknown as Certificate;
  }
};

/** Makes a certificate just as it is told. */
export const issue = (name: string, shape: Shape = {}): Party => {
  const { key = 'p256', keyName = name, issuer, digest = 'sha256', version = 3, alter = (der) => der } = shape;
  const pair = keyOf(key, keyName);
  const signer = (shape.signedBy ?? issuer ?? pair).privateKey;
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const subject = shape.subject ?? sequence(organization('Prueba'), commonName(name));
  const own = keyIdentifierOf(spki);
  const named = shape.keyIdentifiers ?? {
    authority: issuer ? keyIdentifierOf(issuer.certificate.publicKey) : own,
    subject: own,
  };
  const algorithm = signatureAlgorithm(signer, digest);
  const all = [...identifiers(named), ...(shape.extensions ?? [])];
  const serial = Buffer.concat([Buffer.of(0x41), randomBytes(9)]);
  const toBeSigned = sequence(
    ...(version > 1 ? [explicit(0, integer(version - 1))] : []),
    shape.serialNumber ?? integer(serial),
    shape.claimed ?? algorithm,
    shape.issuerName ?? issuer?.certificate.subject ?? subject,
    sequence(
      ...(shape.times ?? [validityTime(shape.from ?? daysFromNow(-30)), validityTime(shape.to ?? daysFromNow(30))]),
    ),
    subject,
    spki,
    ...(version > 2 && all.length ? [explicit(3, sequence(...all))] : []),
    ...(shape.behind ?? []),
  );
  const der = alter(sequence(toBeSigned, algorithm, bitString(signWith(signer, digest, toBeSigned))));
  return { ...pair, name, certificate: tryRead(der), pem: toPem(der) };
};
