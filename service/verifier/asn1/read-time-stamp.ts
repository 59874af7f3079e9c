import { X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { TSTInfo } from 'pkijs';
import { oid } from './object-identifiers.ts';
import { contentsOf } from './read-signed-data.ts';
import { readElement, readMembers } from './read.ts';
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

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** asn1js gives an arc too large for a double as `{…}`: its base 128 digits in hexadecimal. */
const dotted = (identifier: string): string =>
  identifier.replaceAll(/\{([0-9a-f]+)\}/g, (_, digits: string) =>
    String(Buffer.from(digits, 'hex').reduce((value, digit) => value * 128n + BigInt(digit), 0n)),
  );

const parse = (der: Uint8Array) => {
  const { result, offset } = fromBER(new Uint8Array(der).buffer);
  if (offset === -1) throw new Error('Not BER');
  return result;
};

export interface ParsedTimeStamp {
  granted: boolean | null;
  signed: VerifiedSignedData;
  info: TSTInfo;
}

const membersOf = (der: Buffer): Buffer[] => {
  const whole = readElement(der);
  if (whole.tag !== 0x30 || whole.end !== der.length) throw new Error('It is no SEQUENCE, or something follows it');
  return readMembers(der, whole).map(({ start, end }) => der.subarray(start, end));
};

/** What the authority says of a refusal, in words and as bits of PKIFailureInfo (RFC 3161, 2.4.2). */
export interface TimeStampStatus {
  status: number;
  /** Number of the first bit that is set: 0 badAlg … 25 systemFailure. */
  failure?: number;
  words: string[];
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** First bit that is set in a BIT STRING. */
const firstBitOf = (bits: Buffer): number | undefined => {
  const text = [...contentsOf(bits).subarray(1)].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const at = text.indexOf('1');
  return at === -1 ? undefined : at;
};

const readStatus = (der: Buffer): TimeStampStatus => {
  const [status, ...rest] = membersOf(der);
  const [number, ...more] = contentsOf(status!);
  if (status![0] !== 0x02 || number === undefined || more.length) throw new Error('The answer has no status');
  if (rest.some(([tag]) => tag !== 0x30 && tag !== 0x03)) throw new Error('The status is not as it should be');
  const words = rest.filter(([tag]) => tag === 0x30).flatMap(membersOf);
  if (words.some(([tag]) => tag !== 0x0c)) throw new Error('The status says something that is no text');
  const failure = rest.filter(([tag]) => tag === 0x03).map(firstBitOf)[0];
  return {
    status: number,
    words: words.map((word) => strict.decode(contentsOf(word))),
    ...(failure !== undefined && { failure }),
  };
};

/** Takes a TimeStampResp apart. @throws Error where it is none */
export const readTimeStampResponse = (der: Buffer): TimeStampStatus & { token: Buffer | undefined } => {
  const [status, token, ...others] = membersOf(der);
  if (!status || others.length) throw new Error('It is no TimeStampResp');
  return { ...readStatus(status), token };
};

/** A response, else a bare token: only the former starts with a status. The bytes stay as they are. */
const unwrap = (der: Buffer): { granted: boolean | null; token: Buffer } => {
  if (membersOf(der)[0]?.[0] === 0x06) return { granted: null, token: der };
  const { status, token } = readTimeStampResponse(der);
  if (!token) throw new Error('The answer carries no token');
  return { granted: grantedStatuses.has(status), token };
};

/** RFC 5652, 5.1 and 5.3: nothing but these numbers is right where a time-stamp is signed. */
const hasRightVersions = ({ versions: { signedData, signerInfo, named } }: VerifiedSignedData): boolean =>
  signedData === 3 && signerInfo === (named ? 1 : 3);

/** Reads a TimeStampResp or a bare token. @throws Error where it is neither */
export const readTimeStamp = (source: Uint8Array): ParsedTimeStamp => {
  const { granted, token } = unwrap(Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  const signed = verifySignedData(token);
  if (!signed.contentType.equals(oid.timeStampInfo) || !signed.content || !hasRightVersions(signed))
    throw new Error('What is signed is no time-stamp');
  return { granted, signed, info: new TSTInfo({ schema: parse(signed.content) }) };
};

/** What it says. */
export const contentOf = ({ info, signed }: ParsedTimeStamp): TimeStampContent => ({
  genTime: info.genTime,
  policy: dotted(info.policy),
  serialNumber: hex(new Uint8Array(info.serialNumber.valueBlock.valueHexView)),
  imprint: {
    algorithm: info.messageImprint.hashAlgorithm.algorithmId,
    digest: hex(info.messageImprint.hashedMessage.valueBlock.valueHexView),
  },
  issuer: signed.signerCertificate && new X509Certificate(signed.signerCertificate).subject.replaceAll('\n', ', '),
});
