import { hash } from 'node:crypto';
import { judgeChain } from '#asn1/chain.ts';
import { contentOf, readTimeStamp, type ParsedTimeStamp } from '#asn1/read-time-stamp.ts';
import type { VerifiedSignedData } from '#asn1/verify-signed-data.ts';

const imprintAlgorithms: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Whether a time-stamp is over these bytes. */
export const isImprintOf = (stamp: ParsedTimeStamp, bytes: Uint8Array): boolean => {
  const { algorithm, digest } = contentOf(stamp).imprint;
  const name = imprintAlgorithms[algorithm];
  return name !== undefined && hash(name, bytes) === digest;
};

const tryReadTimeStamp = (token: Buffer | undefined): ParsedTimeStamp | undefined => {
  try {
    return token && readTimeStamp(token);
  } catch {
    return undefined;
  }
};

/** Judges the time-stamp over a signature's value; `time` is undefined where it does not hold. Never throws. */
export const judgeTimeStamp = (
  { timeStampToken, signature }: VerifiedSignedData,
  roots: readonly string[] | undefined,
) => {
  if (!timeStampToken) return { time: undefined, timeStampHolds: null, timeStampToPinnedRoot: null };
  const stamp = tryReadTimeStamp(timeStampToken);
  if (!stamp) return { time: undefined, timeStampHolds: false, timeStampToPinnedRoot: roots ? false : null };
  const { genTime } = stamp.info;
  const chain = judgeChain(stamp.signed, { roots: roots ?? [], at: genTime });
  const valid = stamp.signed.signatureValid && stamp.signed.digestMatches && chain.leafValid;
  const timeStampHolds = valid && isImprintOf(stamp, signature);
  return {
    time: timeStampHolds ? genTime : undefined,
    timeStampHolds,
    timeStampToPinnedRoot: roots ? chain.reachesRoot : null,
  };
};
