import { createHash } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { element, explicit, integer, octetString, retag, sequence, setOf, type Der } from './der.ts';
import { oid } from './object-identifiers.ts';
import type { Signer, SigningAlgorithm } from './signer.ts';

export interface SignedDataOptions {
  /** DER object identifier of what is signed. */
  contentType: Der;
  /** Digests what is signed: as its signer does. */
  readonly digest: (algorithm: SigningAlgorithm['digest']) => Uint8Array;
  /** What is signed, where it travels inside (time-stamp tokens); left out for detached signatures. */
  content?: Uint8Array;
  certificate: Certificate;
  /** The certificates that go in, the signer's among them. */
  certificates: Certificate[];
  signer: Signer;
  /** Unsigned attributes over the signature's value, such as a time-stamp. */
  unsigned?: (signature: Uint8Array) => Promise<Der[]>;
}

/** Some readers digest the attributes as the content was, whatever the signature's algorithm says. */
const digestAlgorithm = ({ algorithm }: Signer): Der => sequence(oid[algorithm.digest]);

/** One attribute with one value (RFC 5652, 5.3). */
export const attribute = (type: Der, value: Uint8Array): Der => sequence(type, setOf(value));

/**
 * SigningCertificateV2 (RFC 5035, 3): SHA-256 is the default and is therefore left out, as DER wants.
 */
const signingCertificate = ({ der, issuer, serialNumber }: Certificate): Der => {
  const digest = octetString(createHash('sha256').update(der).digest());
  const issuerSerial = sequence(sequence(explicit(4, issuer)), serialNumber);
  return attribute(oid.signingCertificateV2, sequence(sequence(sequence(digest, issuerSerial))));
};

/** Exactly what EN 319 142-1, 6.3 asks for; no signingTime, the PDF's /M says it. */
const signedAttributes = ({ contentType, digest, certificate, signer }: SignedDataOptions): Der =>
  setOf(
    attribute(oid.contentType, contentType),
    attribute(oid.messageDigest, octetString(digest(signer.algorithm.digest))),
    signingCertificate(certificate),
  );

const signerInfo = async (options: SignedDataOptions): Promise<Der> => {
  const { certificate, signer, unsigned } = options;
  const attributes = signedAttributes(options);
  // signed as a SET OF, carried as [0] (RFC 5652, 5.4)
  const signature = await signer.sign(attributes);
  const unsignedAttributes = (await unsigned?.(signature)) ?? [];
  return sequence(
    integer(1),
    sequence(certificate.issuer, certificate.serialNumber),
    digestAlgorithm(signer),
    retag(0xa0, attributes),
    signer.algorithm.identifier,
    octetString(signature),
    ...(unsignedAttributes.length ? [retag(0xa1, setOf(...unsignedAttributes))] : []),
  );
};

/** A ContentInfo with SignedData by one signer (RFC 5652, 5.1). */
export const createSignedData = async (options: SignedDataOptions): Promise<Der> => {
  const { contentType, content, certificates, signer } = options;
  const signedData = sequence(
    integer(content ? 3 : 1),
    setOf(digestAlgorithm(signer)),
    sequence(contentType, ...(content ? [explicit(0, octetString(content))] : [])),
    retag(0xa0, setOf(...certificates.map(({ der }) => der))),
    element(0x31, await signerInfo(options)),
  );
  return sequence(oid.signedData, explicit(0, signedData));
};
