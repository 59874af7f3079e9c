import { equalBytes } from '#bytes.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { judgeChain, readRoots } from '#certificates/chain.ts';
import { digestNamed } from '#certificates/digest-algorithms.ts';
import { pinnedRoots } from '#certificates/pinned-roots.ts';
import { weaknessesOf, weaknessOfAlgorithm } from '#certificates/weaknesses.ts';
import { readTimeStamp, type ParsedTimeStamp } from '#cms/read-time-stamp.ts';
import type { Cryptography } from '#ports/ports.ts';
import { hasCome, isByAuthority } from './stamp-authority.ts';
import type { SignatureTrust } from './signature-trust.ts';

/** Whether a time-stamp is over these bytes. */
const isImprintOf = ({ info }: ParsedTimeStamp, bytes: Uint8Array, ports: Cryptography): boolean => {
  const { algorithm, digest } = info.imprint;
  const name = digestNamed(algorithm);
  return name !== undefined && equalBytes(ports.digest(name, bytes), digest);
};

/** What holds of one time-stamp, be it in a signature or of the document. */
export interface JudgedTimeStamp {
  stamp: ParsedTimeStamp | undefined;
  /** It is over what it should be. */
  imprintMatches: boolean;
  /** Its signature verifies, and covers what it says. */
  signatureValid: boolean;
  /** Its signer's certificate was valid when it says that it was made. */
  certificateValid: boolean;
  /** Its time is not in the future. */
  hasCome: boolean;
  byAuthority: boolean | null;
  /** Null where no root was given. */
  toPinnedRoot: boolean | null;
  weaknesses: string[];
  fault: string | undefined;
}

const unreadable = (anchored: boolean): JudgedTimeStamp => ({
  stamp: undefined,
  imprintMatches: false,
  signatureValid: false,
  certificateValid: false,
  hasCome: false,
  byAuthority: anchored ? false : null,
  toPinnedRoot: anchored ? false : null,
  weaknesses: [],
  fault: undefined,
});

/** Nobody says of their own signature when they made it. */
const isApartFrom = (stamp: Certificate | undefined, signatories: readonly Certificate[]): boolean =>
  !signatories.some(({ publicKey }) => stamp && equalBytes(publicKey, stamp.publicKey));

const judge = async (
  stamp: ParsedTimeStamp,
  { bytes, signatories }: StampedBytes,
  { roots, providers, now }: SignatureTrust,
  ports: Cryptography,
): Promise<JudgedTimeStamp> => {
  const { signed, info } = stamp;
  const believed = roots ? [...roots, ...readRoots(pinnedRoots), ...providers] : [];
  const trust = { roots: believed, at: info.genTime, purpose: 'time-stamping' } as const;
  const chain = await judgeChain(signed, trust, ports);
  const apart = isApartFrom(chain.leaf, signatories.map(readCertificate));
  const known = chain.path ?? (chain.leaf ? [chain.leaf] : []);
  return {
    stamp,
    imprintMatches: isImprintOf(stamp, bytes, ports),
    signatureValid: signed.signatureValid && signed.digestMatches,
    certificateValid: chain.leafValid,
    hasCome: hasCome(info.genTime, now),
    byAuthority: apart && isByAuthority({ stamp, chain, providers, anchored: roots !== undefined }),
    toPinnedRoot: roots ? chain.path !== undefined : null,
    weaknesses: [...weaknessOfAlgorithm(info.imprint.algorithm), ...signed.weaknesses, ...weaknessesOf(known)],
    fault: chain.fault,
  };
};

/** What a time-stamp should be over. */
export interface StampedBytes {
  bytes: Uint8Array;
  /** DER certificates of those whose signatures it says the time of. */
  signatories: readonly Uint8Array[];
}

/** Judges a time-stamp token. Never throws. */
export const judgeTimeStamp = async (
  token: Uint8Array,
  stamped: StampedBytes,
  trust: SignatureTrust,
  ports: Cryptography,
): Promise<JudgedTimeStamp> => {
  try {
    const stamp = await readTimeStamp(token, ports);
    // An answer, which has a status around the token, is no token (RFC 3161, 2.4.2).
    return stamp.granted === null ? await judge(stamp, stamped, trust, ports) : unreadable(trust.roots !== undefined);
  } catch {
    return unreadable(trust.roots !== undefined);
  }
};

/** Whether a time-stamp is whole: of what it should be, signed by whom it names, and not from the future. */
export const holdsItself = (judged: JudgedTimeStamp): boolean =>
  judged.imprintMatches && judged.signatureValid && judged.certificateValid && judged.hasCome;

/** The time that it proves; undefined where it proves none. Without a root nobody knows more than that it is whole. */
export const provenTime = (judged: JudgedTimeStamp): Date | undefined => {
  const believed = judged.byAuthority !== false && judged.toPinnedRoot !== false;
  return believed && holdsItself(judged) ? judged.stamp?.info.genTime : undefined;
};
