import { equalBytes } from '#bytes.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { judgeChain } from '#certificates/chain.ts';
import { digestNamed } from '#certificates/digest-algorithms.ts';
import { readTimeStamp, type ParsedTimeStamp } from '#cms/read-time-stamp.ts';
import type { VerifiedSignedData } from '#cms/verify-signed-data.ts';
import type { Cryptography } from '#ports/ports.ts';

/** Whether a time-stamp is over these bytes. */
export const isImprintOf = ({ info }: ParsedTimeStamp, bytes: Uint8Array, ports: Cryptography): boolean => {
  const { algorithm, digest } = info.imprint;
  const name = digestNamed(algorithm);
  return name !== undefined && equalBytes(ports.digest(name, bytes), digest);
};

const tryReadTimeStamp = (token: Uint8Array, ports: Cryptography): Promise<ParsedTimeStamp | undefined> =>
  readTimeStamp(token, ports).catch(() => undefined);

/** Judges the time-stamp over a signature's value; `time` is undefined where it does not hold. */
export const judgeTimeStamp = async (
  { timeStampToken, signature }: VerifiedSignedData,
  roots: readonly Certificate[] | undefined,
  ports: Cryptography,
) => {
  if (!timeStampToken) return { time: undefined, timeStampHolds: null, timeStampToPinnedRoot: null };
  const stamp = await tryReadTimeStamp(timeStampToken, ports);
  if (!stamp) return { time: undefined, timeStampHolds: false, timeStampToPinnedRoot: roots ? false : null };
  const { genTime } = stamp.info;
  const chain = await judgeChain(stamp.signed, { roots: roots ?? [], at: genTime }, ports);
  const valid = stamp.signed.signatureValid && stamp.signed.digestMatches && chain.leafValid;
  const timeStampHolds = valid && isImprintOf(stamp, signature, ports);
  return {
    time: timeStampHolds ? genTime : undefined,
    timeStampHolds,
    timeStampToPinnedRoot: roots ? chain.reachesRoot : null,
  };
};
