import { X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { TimeStampResp, TSTInfo } from 'pkijs';
import { oid } from '#asn1/object-identifiers.ts';
import { verifySignedData, type VerifiedSignedData } from '#asn1/verify-signed-data.ts';

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

/** A response first, then a bare token: only the former starts with a status. */
const unwrap = (der: Uint8Array): { granted: boolean | null; token: Uint8Array } => {
  const schema = parse(der);
  try {
    const { status, timeStampToken } = new TimeStampResp({ schema });
    if (!timeStampToken) throw new Error('The answer carries no token');
    return {
      granted: grantedStatuses.has(status.status),
      token: new Uint8Array(timeStampToken.toSchema().toBER()),
    };
  } catch {
    return { granted: null, token: der };
  }
};

/** Reads a TimeStampResp or a bare token. @throws Error where it is neither */
export const readTimeStamp = (der: Uint8Array): ParsedTimeStamp => {
  const { granted, token } = unwrap(der);
  const signed = verifySignedData(token);
  if (!signed.contentType.equals(oid.timeStampInfo) || !signed.content)
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
