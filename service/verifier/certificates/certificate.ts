import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, readSmallInteger, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import { readTime } from '#asn1/time.ts';

/** One extension, as it is written (RFC 5280, 4.1.2.9). */
export interface Extension {
  /** Dotted. */
  type: string;
  /** Whoever does not know it must refuse the certificate. */
  critical: boolean;
  /** DER. */
  value: Uint8Array;
}

/** An X.509 certificate, taken apart (RFC 5280, 4.1). All bytes are DER unless said otherwise. */
export interface Certificate {
  der: Uint8Array;
  /** What its issuer signed. */
  toBeSigned: Uint8Array;
  /** 1 to 3. */
  version: number;
  /** INTEGER. */
  serialNumber: Uint8Array;
  /** AlgorithmIdentifier of the issuer's signature, as the part that is signed says. */
  claimedAlgorithm: Uint8Array;
  /** The same, as it stands beside the signature. */
  signatureAlgorithm: Uint8Array;
  /** Name. */
  issuer: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** Whether both are written as RFC 5280, 4.1.2.5 demands: to the second, in UTC. */
  hasPlainTimes: boolean;
  /** Name. */
  subject: Uint8Array;
  /** SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
  extensions: readonly Extension[];
  /** Bytes of the signature's value. */
  signature: Uint8Array;
}

/** Octets of a BIT STRING that has no unused bits. */
export const readWholeBits = (der: Uint8Array | undefined): Uint8Array => {
  const bits = contentsOf(expectTag(tags.bitString, der));
  if (bits[0] !== 0) throw new RangeError('The bits are no whole octets');
  return bits.subarray(1);
};

/** @throws RangeError where it cannot be read */
export const readExtension = (der: Uint8Array): Extension => {
  const [type, ...rest] = split(expectTag(tags.sequence, der));
  const critical = tagOf(rest[0]) === tags.boolean;
  if (critical && contentsOf(rest[0]!).length !== 1) throw new RangeError('An extension is neither critical nor not');
  const [value, ...others] = critical ? rest.slice(1) : rest;
  if (others.length) throw new RangeError('An extension has more than one value');
  return {
    type: readObjectIdentifier(type),
    // false is the default and therefore left out, but some write it
    critical: critical && contentsOf(rest[0]!)[0] !== 0,
    value: contentsOf(expectTag(tags.octetString, value)),
  };
};

/** UTCTime and GeneralizedTime of this many characters have seconds and neither fraction nor another zone. */
const plainLengths = new Map<number, number>([
  [tags.utcTime, 13],
  [tags.generalizedTime, 15],
]);
const isPlainTime = (time: Uint8Array | undefined): boolean =>
  time !== undefined && contentsOf(time).length === plainLengths.get(tagOf(time));

/** What may stand behind the key, each once and in this order: unique identifiers of version 2, extensions of version 3. */
const behindKey = [0x81, 0x82, contextual(3)];
const expectInOrder = (rest: readonly Uint8Array[]): void => {
  const places = rest.map((part) => behindKey.indexOf(tagOf(part)));
  if (places.some((place, at) => place <= (places[at - 1] ?? -1))) throw new RangeError('It is no certificate');
};

const readExtensions = (rest: readonly Uint8Array[]): Extension[] => {
  expectInOrder(rest);
  const wrapped = rest.find((part) => tagOf(part) === contextual(3));
  if (!wrapped) return [];
  const [extensions] = split(wrapped);
  return split(expectTag(tags.sequence, extensions)).map(readExtension);
};

/** Version 1 is the default, and left out. */
const readVersion = (der: Uint8Array): number => readSmallInteger(split(der)[0]) + 1;

const readToBeSigned = (der: Uint8Array) => {
  const members = split(expectTag(tags.sequence, der));
  const hasVersion = tagOf(members[0]) === contextual(0);
  const [serialNumber, algorithm, issuer, validity, subject, publicKey, ...rest] = hasVersion
    ? members.slice(1)
    : members;
  const [notBefore, notAfter, ...others] = split(expectTag(tags.sequence, validity));
  if (others.length) throw new RangeError('It has more than two times');
  return {
    version: hasVersion ? readVersion(members[0]!) : 1,
    serialNumber: expectTag(tags.integer, serialNumber),
    claimedAlgorithm: expectTag(tags.sequence, algorithm),
    issuer: expectTag(tags.sequence, issuer),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    hasPlainTimes: isPlainTime(notBefore) && isPlainTime(notAfter),
    subject: expectTag(tags.sequence, subject),
    publicKey: expectTag(tags.sequence, publicKey),
    extensions: readExtensions(rest),
  };
};

/** Takes a DER certificate apart. @throws RangeError where it is none, or something follows it */
export const readCertificate = (der: Uint8Array): Certificate => {
  const [toBeSigned, signatureAlgorithm, signature, ...others] = splitWhole(der);
  if (!toBeSigned || others.length) throw new RangeError('It is no certificate');
  return {
    der,
    toBeSigned,
    ...readToBeSigned(toBeSigned),
    signatureAlgorithm: expectTag(tags.sequence, signatureAlgorithm),
    signature: readWholeBits(signature),
  };
};

/** Whether a time lies in what it says of its validity, both ends included (RFC 5280, 4.1.2.5). */
export const isValidAt = ({ notBefore, notAfter }: Certificate, at: Date): boolean => notBefore <= at && at <= notAfter;
