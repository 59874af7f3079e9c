import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { Signer } from '#asn1/signer.ts';
import { inForce } from '#keys/generations.ts';
import { createCertificateList, type RevokedCertificate } from './certificate-list.ts';

/** What is needed to verify, long after, what an authority signs today; DER. */
export interface LongTermData {
  certificates: readonly Uint8Array[];
  /** Certificate revocation lists (RFC 5280, 5), one of each authority above. */
  certificateLists: readonly Uint8Array[];
}

/** Who certifies, and signs lists of what they have revoked. */
interface Issuer {
  certificate: Certificate;
  signer: Signer;
}

const hour = 3_600_000;
/** Somebody who keeps a list may be without the next one for as long. */
const heldForMs = 7 * 24 * hour;

/** The hour that began last, so that all instances make one list, or the beginning of who signs it. */
const beginningOf = ({ notBefore }: Certificate, now: Date): Date =>
  new Date(Math.max(Math.floor(now.getTime() / hour) * hour, notBefore.getTime()));

interface ListMaker {
  issuer: Issuer;
  /** Those of its certificates that are revoked. */
  listRevoked: () => Promise<readonly RevokedCertificate[]>;
  now: () => Date;
}

/** Makes an issuer's list anew each hour, and as soon as something is revoked. */
const createListMaker = ({ issuer, listRevoked, now }: ListMaker): (() => Promise<Uint8Array>) => {
  let kept: { key: string; list: Promise<Uint8Array> } | undefined;
  return async () => {
    const revoked = await listRevoked();
    const thisUpdate = beginningOf(issuer.certificate, now());
    const key = `${thisUpdate.getTime()} ${revoked.length}`;
    if (kept?.key !== key) {
      const nextUpdate = new Date(thisUpdate.getTime() + heldForMs);
      kept = {
        key,
        list: createCertificateList({
          issuer: issuer.certificate,
          signer: issuer.signer,
          revoked,
          thisUpdate,
          nextUpdate,
        }),
      };
    }
    return kept.list;
  };
};

interface Authorities {
  root: Issuer;
  /** Their keys, the oldest first. */
  issuers: readonly (Issuer & { from: number })[];
  stampers: readonly { certificate: Certificate; from: number }[];
  now: () => Date;
}

const nobody = async (): Promise<[]> => [];

/** Lists of the root and of who issues now; certificates of who issues and stamps now, and of the root. */
export const createLongTermData = ({ root, issuers, stampers, now }: Authorities): (() => Promise<LongTermData>) => {
  const maker = (issuer: Issuer) => createListMaker({ issuer, listRevoked: nobody, now });
  const listOfRoot = maker(root);
  const listsOf = new Map(issuers.map((issuer) => [issuer, maker(issuer)]));
  return async () => {
    const at = now().getTime();
    const [issuer, stamper] = [inForce(issuers, at), inForce(stampers, at)];
    return {
      certificates: [issuer, stamper, root].map(({ certificate }) => certificate.der),
      certificateLists: await Promise.all([listsOf.get(issuer)!(), listOfRoot()]),
    };
  };
};
