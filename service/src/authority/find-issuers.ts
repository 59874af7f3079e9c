import { X509Certificate } from 'node:crypto';
import { contentsOf } from '@tu-esign/verifier/asn1/read.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { Problem } from '#problem.ts';
import { issuerId } from './addresses.ts';
import type { Members } from './open-members.ts';
import { toSerialNumber } from './revocation/revocations.ts';

const revokedElsewhere =
  'The root has issued it, and its key is not here: revoke it by tu-esign root revoke where that is, and bring the list by tu-esign keys install';

const serialOf = ({ serialNumber }: Certificate): string => toSerialNumber(contentsOf(serialNumber));

/** Who has issued which certificate, by ids of issuers. */
export interface IssuerFinder {
  /**
   * Those that may have issued it: the root where it is known to be its, or all that certify others.
   * @throws Problem body-malformed where it is by a root whose key is elsewhere
   */
  readonly issuersOf: (serialNumber: string) => string[];
  /** The certificate that a PEM begins with, and who issued it, where that is one of the authority. */
  readonly findIssued: (pem: string) => { issuer: string; serialNumber: string } | undefined;
}

export const createIssuerFinder = ({ root, issuers, stampers }: Members): IssuerFinder => {
  const ofRoot = new Set([...issuers, ...stampers].map(({ certificate }) => serialOf(certificate)));
  const all = [...issuers, root].map(({ certificate }) => certificate);
  return {
    issuersOf(serialNumber) {
      if (!ofRoot.has(serialNumber)) return issuers.map(({ certificate }) => issuerId(certificate));
      if ('list' in root) throw new Problem('body-malformed', revokedElsewhere);
      return [issuerId(root.certificate)];
    },
    findIssued(pem) {
      const certificate = new X509Certificate(pem);
      const issuer = all.find((one) => certificate.verify(new X509Certificate(one.der).publicKey));
      const serialNumber = toSerialNumber(Buffer.from(certificate.serialNumber, 'hex'));
      return issuer && { issuer: issuerId(issuer), serialNumber };
    },
  };
};
