import { equalBytes } from '#bytes.ts';
import { fromPem } from '#asn1/pem.ts';
import type { Certificate } from '#certificates/certificate.ts';
import type { ChainJudgement } from '#certificates/chain.ts';
import { pinnedRoots } from '#certificates/pinned-roots.ts';
import { mayStampTimes } from '#certificates/purposes.ts';
import type { VerifiedSignedData } from '#cms/verify-signed-data.ts';

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
  signed: VerifiedSignedData;
  chain: ChainJudgement;
  /** Roots that are believed as those of Mexican providers, besides ACR2-SE. */
  providers: readonly Certificate[];
  /** False where nobody said whom to believe: what only a provider may leave out is then not known. */
  anchored: boolean;
}

/**
 * Whether the signer is a time-stamp authority as RFC 3161, 2.3 and 2.4.1 demand: its certificate's purpose, and that the
 * token names it. Null where that is missing and may be: Mexican providers leave out both (NOM-151).
 */
export const judgeAuthority = ({ signed, chain, providers, anchored }: StampSigner) => {
  const mayLackIt = anchored ? isOfProvider(chain, providers) : true;
  const purpose = chain.leaf ? mayStampTimes(chain.leaf) : false;
  const missing = mayLackIt ? null : false;
  return {
    extendedKeyUsage: purpose ?? missing,
    certificateBound: signed.certificateBound === true ? true : missing,
    isOfProvider: anchored && mayLackIt,
  };
};

/** The same as one finding; null where it is missing, and nobody knows whether it may be. */
export const isByAuthority = (signer: StampSigner): boolean | null => {
  const { extendedKeyUsage, certificateBound, isOfProvider: mayLackIt } = judgeAuthority(signer);
  if (extendedKeyUsage === false || certificateBound === false) return false;
  return extendedKeyUsage && certificateBound ? true : mayLackIt || null;
};
