import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { explicit, implicit, sequence, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { extension, keyIdentifier } from './extension.ts';

/** Where the service is reached that tells what is revoked: addresses without a slash at their ends. */
export interface PublishedAt {
  /** For lists, and certificates of issuers. */
  lists: string;
  /**
   * For answers of OCSP. Whoever reads it there asks, and some doubt what nobody answers for: poppler's pdfsig does, and asks by
   * http alone.
   */
  status: string | undefined;
}

/** How an issuer is named in addresses: by its key, of which there are several in time under one name. */
export const issuerId = ({ publicKey }: Certificate): string => keyIdentifier(publicKey).toString('hex');

/** A GeneralName that is a URI, in ASCII (RFC 5280, 4.2.1.6). */
const uri = (base: string, path: string): Der => implicit(6, Buffer.from(new URL(`${base}/v1/${path}`).href, 'latin1'));

const access = (method: Der, location: Der): Der => sequence(method, location);

/**
 * Where is told which of the issuer's certificates are revoked, and where the issuer's own is (RFC 5280, 4.2.1.13 and
 * 4.2.2.1).
 */
export const addressExtensions = ({ lists, status }: PublishedAt, issuer: Certificate): Der[] => {
  const id = issuerId(issuer);
  const point = sequence(explicit(0, explicit(0, uri(lists, `authorities/${id}.crl`))));
  return [
    extension(oid.distributionPoints, sequence(point)),
    extension(
      oid.authorityInformation,
      sequence(
        ...(status === undefined ? [] : [access(oid.certificateStatus, uri(status, 'ocsp'))]),
        access(oid.issuerCertificates, uri(lists, `authorities/${id}.cer`)),
      ),
    ),
  ];
};
