import { equalBytes } from '#bytes.ts';
import { toDer } from '#asn1/ber.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf } from '#asn1/read.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { digestNamed } from '#certificates/digest-algorithms.ts';
import { verifyValue } from '#certificates/signature-algorithm.ts';
import type { Cryptography, DigestAlgorithm } from '#ports/ports.ts';
import { readAttributes, readSignedData, type SignedData } from './read-signed-data.ts';
import { isBound } from './signing-certificate.ts';

/** What a CMS SignedData by one signer says, and what of it holds. */
export interface VerifiedSignedData {
  /** Versions of SignedData and SignerInfo, and whether the latter names a certificate by issuer and number. */
  versions: { signedData: number; signerInfo: number; named: boolean };
  /** What was signed, dotted. */
  contentType: string;
  /** What was signed, where it is inside. */
  content: Uint8Array | undefined;
  /** DER certificates as they come, which is in no order. */
  certificates: Uint8Array[];
  /** DER certificate of the signer; undefined where it is not among them. */
  signerCertificate: Uint8Array | undefined;
  signature: Uint8Array;
  /** DER of the time-stamp token over the signature's value, where there is one. */
  timeStampToken: Uint8Array | undefined;
  /** Signed attributes, or the content where there are none, verify with the certificate's key. */
  signatureValid: boolean;
  /** The messageDigest attribute is the digest of the content. */
  digestMatches: boolean;
  /** SigningCertificate(V2) names the signer's certificate; undefined where there is no such attribute. */
  certificateBound: boolean | undefined;
}

/** Undefined where it is not inside, or named in another way than by issuer and number. */
const findSigner = ({ signer, certificates }: SignedData): Certificate | undefined => {
  if (!signer.issuer || !signer.serialNumber) return undefined;
  for (const der of certificates) {
    const certificate = readCertificate(der);
    const { issuer, serialNumber } = certificate;
    if (equalBytes(signer.issuer, issuer) && equalBytes(signer.serialNumber, serialNumber)) return certificate;
  }
  return undefined;
};

/** What was signed, where it is not inside: digesting a large document again would cost more than all the rest. */
export type Detached = Uint8Array | { sha256: Uint8Array };

export interface SignedDataToVerify {
  /** BER of a ContentInfo. */
  cms: Uint8Array;
  /** Nothing, unless it is given. */
  detached?: Detached;
}

const bytesOf = (covered: Detached): Uint8Array => ('sha256' in covered ? new Uint8Array() : covered);

const digestOf = (covered: Detached, algorithm: DigestAlgorithm, ports: Cryptography): Uint8Array => {
  if (!('sha256' in covered)) return ports.digest(algorithm, covered);
  return algorithm === 'sha256' ? covered.sha256 : new Uint8Array();
};

/**
 * Takes a SignedData apart and verifies it. Chains and times are judged elsewhere.
 * @throws Error where it cannot be read
 */
export const verifySignedData = async (
  { cms, detached = new Uint8Array() }: SignedDataToVerify,
  ports: Cryptography,
): Promise<VerifiedSignedData> => {
  const signedData = readSignedData(toDer(cms));
  const { content, certificates, signer } = signedData;
  const certificate = findSigner(signedData);
  const digest = digestNamed(signer.digestAlgorithm);
  if (!digest) throw new Error('The digest algorithm is none that we know');
  const attributes = readAttributes(signer.signedAttributes);
  const messageDigest = attributes.get(oid.messageDigest);
  const covered = content ?? detached;
  const { signatureAlgorithm, signature } = signer;
  const signed = { signatureAlgorithm, signature, digest, bytes: signer.signedAttributes ?? bytesOf(covered) };
  return {
    versions: { signedData: signedData.version, signerInfo: signer.version, named: signer.issuer !== undefined },
    contentType: signedData.contentType,
    content,
    certificates,
    signerCertificate: certificate?.der,
    signature,
    timeStampToken: readAttributes(signer.unsignedAttributes).get(oid.timeStampToken),
    signatureValid:
      certificate !== undefined && (await verifyValue({ ...signed, publicKey: certificate.publicKey }, ports)),
    digestMatches:
      !signer.signedAttributes ||
      (messageDigest !== undefined && equalBytes(contentsOf(messageDigest), digestOf(covered, digest, ports))),
    certificateBound: certificate && isBound(attributes, certificate.der, ports),
  };
};
