import { toHex } from '#bytes.ts';
import { toWholeDer } from '#asn1/ber.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf, readSmallInteger, splitWhole, tagOf, tags } from '#asn1/read.ts';
import { readCertificate } from '#certificates/certificate.ts';
import { nameToText } from '#certificates/names.ts';
import type { Cryptography } from '#ports/ports.ts';
import { readTimeStampInfo, type TimeStampInfo } from './time-stamp-info.ts';
import { verifySignedData, type VerifiedSignedData } from './verify-signed-data.ts';

// granted and grantedWithMods
const grantedStatuses = new Set<number>([0, 1]);

/** What a time-stamp says, whether it holds or not. */
export interface TimeStampContent {
  genTime: Date;
  /** Dotted. */
  policy: string;
  /** Raw hexadecimal: some are negative. */
  serialNumber: string;
  /** Dotted algorithm, and the digest in hexadecimal. */
  imprint: { algorithm: string; digest: string };
  /** The signer's subject as one line, where the certificate is inside. */
  issuer: string | undefined;
}

export interface ParsedTimeStamp {
  granted: boolean | null;
  signed: VerifiedSignedData;
  info: TimeStampInfo;
}

/** What the authority says of a refusal, in words and as bits of PKIFailureInfo (RFC 3161, 2.4.2). */
export interface TimeStampStatus {
  status: number;
  /** Number of the first bit that is set: 0 badAlg … 25 systemFailure. */
  failure?: number;
  words: string[];
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** First bit that is set in a BIT STRING. */
const firstBitOf = (bits: Uint8Array): number | undefined => {
  const octets = contentsOf(bits).subarray(1);
  const at = octets.findIndex((octet) => octet !== 0);
  return at === -1 ? undefined : 8 * at + Math.clz32(octets[at]!) - 24;
};

const readStatus = (der: Uint8Array): TimeStampStatus => {
  const [status, ...rest] = splitWhole(der);
  const number = readSmallInteger(status);
  if (number === -1) throw new Error('The answer has no status');
  const [texts, failures] = [tags.sequence, tags.bitString].map((tag) => rest.filter((part) => tagOf(part) === tag));
  if (texts!.length + failures!.length < rest.length) throw new Error('The status is not as it should be');
  const words = texts!.flatMap(splitWhole);
  if (words.some((word) => tagOf(word) !== tags.utf8String))
    throw new Error('The status says something that is no text');
  const failure = failures!.map(firstBitOf)[0];
  return {
    status: number,
    words: words.map((word) => strict.decode(contentsOf(word))),
    ...(failure !== undefined && { failure }),
  };
};

/** Takes a TimeStampResp apart, be it DER or BER. @throws Error where it is none */
export const readTimeStampResponse = (source: Uint8Array): TimeStampStatus & { token: Uint8Array | undefined } => {
  const [status, token, ...others] = splitWhole(toWholeDer(source));
  if (!status || others.length) throw new Error('It is no TimeStampResp');
  return { ...readStatus(status), token };
};

/** A response, else a bare token: only the former starts with a status. Some authorities write the latter in BER. */
const unwrap = (source: Uint8Array): { granted: boolean | null; token: Uint8Array } => {
  const der = toWholeDer(source);
  if (tagOf(splitWhole(der)[0]) === tags.objectIdentifier) return { granted: null, token: der };
  const { status, token } = readTimeStampResponse(der);
  if (!token) throw new Error('The answer carries no token');
  return { granted: grantedStatuses.has(status), token };
};

/**
 * RFC 5652, 5.1 and 5.3: nothing but these numbers is right where a time-stamp is signed. Who signed is named by issuer and
 * number: openssl knows nothing else in time-stamps.
 */
const hasRightVersions = ({ versions: { signedData, signerInfo, named } }: VerifiedSignedData): boolean =>
  signedData === 3 && named && signerInfo === 1;

/** Reads a TimeStampResp or a bare token. @throws Error where it is neither */
export const readTimeStamp = async (source: Uint8Array, ports: Cryptography): Promise<ParsedTimeStamp> => {
  const { granted, token } = unwrap(source);
  const signed = await verifySignedData({ cms: token }, ports);
  if (signed.contentType !== oid.timeStampInfo || !signed.content || !hasRightVersions(signed))
    throw new Error('What is signed is no time-stamp');
  const info = readTimeStampInfo(signed.content);
  if (info.version !== 1) throw new Error('The time-stamp is of another version');
  return { granted, signed, info };
};

/** What it says. */
export const contentOf = ({ info, signed }: ParsedTimeStamp): TimeStampContent => ({
  genTime: info.genTime,
  policy: info.policy,
  serialNumber: toHex(info.serialNumber),
  imprint: { algorithm: info.imprint.algorithm, digest: toHex(info.imprint.digest) },
  issuer:
    signed.signerCertificate && nameToText(readCertificate(signed.signerCertificate).subject).replaceAll('\n', ', '),
});
