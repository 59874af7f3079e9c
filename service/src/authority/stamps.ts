import type { Imprint } from '#asn1/imprint.ts';
import type { Authority } from './authority.ts';

/** A time-stamp token that was judged, and what verifies it long after, as far as it was to be had; DER. */
export interface Stamped {
  token: Uint8Array;
  certificates: readonly Uint8Array[];
  certificateLists: readonly Uint8Array[];
}

/** For which signing a time-stamp is. */
export interface StampedSigning {
  id: string;
  identifier: string;
}

/** Who stamps. */
export interface Stamps {
  /** How many bytes larger their tokens may be than the embedded authority's. */
  readonly moreBytes: number;
  /**
   * Stamps for a signing.
   * @returns undefined where nobody stamps now, and the signature may stay without: it is B-B then
   * @throws where nobody stamps now, and it has to wait
   */
  stamp(imprint: Imprint, signing: StampedSigning): Promise<Stamped | undefined>;
  /** Lists of revoked certificates (DER) that speak of certificates of earlier time-stamps, as far as they are to be had. */
  listsOf(certificates: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
}

/** By the embedded authority, whose long-term data goes into each document anyway. */
export const createStamps = (authority: Pick<Authority, 'createTimeStamp'>): Stamps => ({
  moreBytes: 0,
  async stamp({ algorithm, digest }) {
    const { token } = await authority.createTimeStamp({ algorithm, imprint: digest });
    return { token, certificates: [], certificateLists: [] };
  },
  listsOf: async () => [],
});
