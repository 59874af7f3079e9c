import { inForce } from '#keys/generations.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { Issuer } from './revocation/list-maker.ts';
import type { OwnPublication } from './revocation/publication.ts';

/** What is needed to verify, long after, what an authority signs today; DER. */
export interface LongTermData {
  certificates: readonly Uint8Array[];
  /** Certificate revocation lists (RFC 5280, 5), one of each authority above. */
  certificateLists: readonly Uint8Array[];
  /** What is said of a signatory's certificate, now (RFC 6960). */
  statusResponses: readonly Uint8Array[];
}

/** A certificate that has just signed, and those above it, the one that issued it first. */
export interface SignedWith {
  certificate: Certificate;
  chain: readonly Certificate[];
}

interface Authorities {
  root: Pick<Issuer, 'certificate'>;
  /** Their keys, the oldest first. */
  issuers: readonly (Issuer & { from: number })[];
  stampers: readonly (Issuer & { from: number })[];
  publication: Pick<OwnPublication, 'listBy' | 'statusOf' | 'hasRevoked'>;
  now: () => Date;
}

/**
 * Lists of the root and of all who have issued, for somebody may have signed before with a key by an earlier one;
 * certificates of who issues and stamps now, and of the root. Of a certificate that has just signed, what is said after it did:
 * an hour's list is older than the signature, and proves nothing of the moment.
 */
export const createLongTermData = (authorities: Authorities): ((signed?: SignedWith) => Promise<LongTermData>) => {
  const { root, issuers, stampers, publication, now } = authorities;
  return async (signed) => {
    const at = now().getTime();
    const [issuer, stamper] = [inForce(issuers, at), inForce(stampers, at)];
    // Time-stamps are by the root alone; a later list that revokes nothing proves nothing of a signature before it.
    const told = await Promise.all(
      issuers.map(async (by) => (signed || (await publication.hasRevoked(by)) ? [by] : [])),
    );
    const lists = await Promise.all([...told.flat(), root].map(publication.listBy));
    const status = signed && (await publication.statusOf(signed.certificate, signed.chain[0]!));
    return {
      certificates: [
        ...[issuer, stamper, root].map(({ certificate }) => certificate.der),
        ...(status ? [status.responder] : []),
      ],
      certificateLists: lists.map(({ der }) => der),
      statusResponses: status ? [status.response] : [],
    };
  };
};
