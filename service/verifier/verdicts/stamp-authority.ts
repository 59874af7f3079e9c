import { equalBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { fromPem } from '#asn1/pem.ts';
import { contextual, split, tagOf } from '#asn1/read.ts';
import type { Certificate } from '#certificates/certificate.ts';
import type { ChainJudgement } from '#certificates/chain.ts';
import { findExtension } from '#certificates/extensions.ts';
import { sameName } from '#certificates/names.ts';
import { pinnedRoots } from '#certificates/pinned-roots.ts';
import { mayStampTimes } from '#certificates/purposes.ts';
import type { ParsedTimeStamp } from '#cms/read-time-stamp.ts';

/** How far clocks may be apart: a time-stamp from later than this is from the future. */
const mostAheadMs = 5 * 60_000;

/** Whether a time-stamp's time has come. */
export const hasCome = (genTime: Date, now: Date): boolean => genTime.getTime() <= now.getTime() + mostAheadMs;

const pinned = pinnedRoots.map(fromPem);

/** Whether a way leads to a root of Mexican providers: ACR2-SE, or one that was named as such. */
const isOfProvider = ({ path }: ChainJudgement, named: readonly Certificate[]): boolean => {
  const root = path?.at(-1);
  return root !== undefined && [...pinned, ...named.map(({ der }) => der)].some((der) => equalBytes(der, root.der));
};

/** What was found of a time-stamp's signer, and what it is held to. */
export interface StampSigner {
  stamp: ParsedTimeStamp;
  chain: ChainJudgement;
  /** Roots that are believed as those of Mexican providers, besides ACR2-SE. */
  providers: readonly Certificate[];
  /** False where nobody said whom to believe: what only a provider may leave out is then not known. */
  anchored: boolean;
}

const directoryName = contextual(4);

/** Whether an authority that names itself in its time-stamp is the subject, or another name, of the certificate. */
const isSubject = (authority: Uint8Array, leaf: Certificate): boolean => {
  if (tagOf(authority) === directoryName && sameName(split(authority)[0]!, leaf.subject)) return true;
  const alternatives = findExtension(leaf, oid.subjectAltName);
  return alternatives !== undefined && split(alternatives).some((name) => equalBytes(name, authority));
};

const isNamed = ({ signed, info: { authority } }: ParsedTimeStamp, leaf: Certificate | undefined): boolean =>
  signed.certificateBound === true && (!authority || (leaf !== undefined && isSubject(authority, leaf)));

/**
 * Whether the signer is a time-stamp authority as RFC 3161, 2.3 and 2.4.1 demand: its certificate's purpose, and that the
 * token names it. Null where that is missing and may be: Mexican providers leave out both (NOM-151).
 */
export const judgeAuthority = ({ stamp, chain, providers, anchored }: StampSigner) => {
  const mayLackIt = anchored ? isOfProvider(chain, providers) : true;
  const purpose = chain.leaf ? mayStampTimes(chain.leaf) : false;
  const missing = mayLackIt ? null : false;
  return {
    extendedKeyUsage: purpose ?? missing,
    certificateBound: isNamed(stamp, chain.leaf) ? true : missing,
    isOfProvider: anchored && mayLackIt,
  };
};

/** The same as one finding; null where it is missing, and nobody knows whether it may be. */
export const isByAuthority = (signer: StampSigner): boolean | null => {
  const { extendedKeyUsage, certificateBound, isOfProvider: mayLackIt } = judgeAuthority(signer);
  if (extendedKeyUsage === false || certificateBound === false) return false;
  return extendedKeyUsage && certificateBound ? true : mayLackIt || null;
};
