import { inForce } from '#keys/generations.ts';
import type { CertificateListOf, Issuer } from './revocation/list-maker.ts';

/** What is needed to verify, long after, what an authority signs today; DER. */
export interface LongTermData {
  certificates: readonly Uint8Array[];
  /** Certificate revocation lists (RFC 5280, 5), one of each authority above. */
  certificateLists: readonly Uint8Array[];
}

interface Authorities {
  root: Pick<Issuer, 'certificate'>;
  /** Their keys, the oldest first. */
  issuers: readonly (Issuer & { from: number })[];
  stampers: readonly (Issuer & { from: number })[];
  listOf: (issuer: Pick<Issuer, 'certificate'>) => Promise<CertificateListOf>;
  now: () => Date;
}

/**
 * Lists of the root and of all who have issued, for somebody may have signed before with a key by an earlier one;
 * certificates of who issues and stamps now, and of the root.
 */
export const createLongTermData = (authorities: Authorities): (() => Promise<LongTermData>) => {
  const { root, issuers, stampers, listOf, now } = authorities;
  return async () => {
    const at = now().getTime();
    const [issuer, stamper] = [inForce(issuers, at), inForce(stampers, at)];
    const lists = await Promise.all([...issuers, root].map(listOf));
    return {
      certificates: [issuer, stamper, root].map(({ certificate }) => certificate.der),
      certificateLists: lists.map(({ der }) => der),
    };
  };
};
