import { equalBytes } from '#bytes.ts';
import { toDer } from '#asn1/ber.ts';
import { oid, readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { hasCanonicalLengths } from '#asn1/canonical.ts';
import { contentsOf, expectTag, tags } from '#asn1/read.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { digestNamed } from '#certificates/digest-algorithms.ts';
import { readSubjectKey } from '#certificates/extensions.ts';
import { verifyValue } from '#certificates/signature-algorithm.ts';
import { weaknessOfAlgorithm, weaknessOfSignature } from '#certificates/weaknesses.ts';
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
  /** DER of the time-stamp tokens over the signature's value. */
  timeStampTokens: Uint8Array[];
  /** Digests and signatures that are too weak to be relied on, in words for people. */
  weaknesses: string[];
  /**
   * Signed attributes, or the content where there are none, verify with the certificate's key, and the attributes name the
   * content's type.
   */
  signatureValid: boolean;
  /** The messageDigest attribute is the digest of the content. */
  digestMatches: boolean;
  /** SigningCertificate(V2) names the signer's certificate; undefined where there is no such attribute. */
  certificateBound: boolean | undefined;
}

const isNamed = ({ issuer, serialNumber, keyIdentifier }: SignedData['signer'], certificate: Certificate): boolean => {
  if (issuer && serialNumber)
    return equalBytes(issuer, certificate.issuer) && equalBytes(serialNumber, certificate.serialNumber);
  const own = readSubjectKey(certificate);
  return keyIdentifier !== undefined && own !== undefined && equalBytes(keyIdentifier, own);
};

/** Undefined where it is not inside. @throws Error where one of them cannot be read: openssl reads all or nothing */
const findSigner = ({ signer, certificates }: SignedData): Certificate | undefined =>
  certificates.map(readCertificate).find((certificate) => isNamed(signer, certificate));

/** What was signed, where it is not inside: digesting a large document again would cost more than all the rest. */
export type Detached = Uint8Array | { sha256: Uint8Array };

export interface SignedDataToVerify {
  /** BER of a ContentInfo. */
  cms: Uint8Array;
  /** Nothing, unless it is given. */
  detached?: Detached;
}

const bytesOf = (covered: Detached): Uint8Array => ('sha256' in covered ? new Uint8Array() : covered);

/** Where the digest is there already: another algorithm's is of another length, and equals none of it. */
const digestOf = (covered: Detached, algorithm: DigestAlgorithm, ports: Cryptography): Uint8Array =>
  'sha256' in covered ? covered.sha256 : ports.digest(algorithm, covered);

/** The value of an attribute that must have one and be there once (RFC 5652, 11). */
const onlyValueOf = (attributes: ReadonlyMap<string, readonly Uint8Array[]>, type: string): Uint8Array | undefined => {
  const [value, ...others] = attributes.get(type) ?? [];
  return others.length ? undefined : value;
};

/** What is signed says what kind it is of (RFC 5652, 11.1): else it may have been made for something else. */
const namesContentType = ({ contentType, signer }: SignedData, attributes: Map<string, Uint8Array[]>): boolean => {
  // Others write them anew before they digest them (5.4), and no length in two ways.
  if (signer.signedAttributes && !hasCanonicalLengths(signer.signedAttributes)) return false;
  // Without attributes there is nothing but plain data that may be signed (5.3).
  if (!signer.signedAttributes) return contentType === oid.data;
  const named = onlyValueOf(attributes, oid.contentType);
  return named !== undefined && readObjectIdentifier(named) === contentType;
};

const digestIs = (messageDigest: Uint8Array | undefined, digest: Uint8Array): boolean =>
  messageDigest !== undefined && equalBytes(contentsOf(expectTag(tags.octetString, messageDigest)), digest);

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
  const attributes = readAttributes(signer.signedAttributes);
  const covered = content ?? detached;
  const { signatureAlgorithm, signature, signedAttributes } = signer;
  const signed = { signatureAlgorithm, signature, bytes: signedAttributes ?? bytesOf(covered) };
  const verifies = async ({ publicKey }: Certificate): Promise<boolean> =>
    digest !== undefined && verifyValue({ ...signed, digest, publicKey }, ports);
  return {
    versions: { signedData: signedData.version, signerInfo: signer.version, named: signer.issuer !== undefined },
    contentType: signedData.contentType,
    content,
    certificates,
    signerCertificate: certificate?.der,
    signature,
    timeStampTokens: readAttributes(signer.unsignedAttributes).get(oid.timeStampToken) ?? [],
    weaknesses: [
      ...new Set([...weaknessOfAlgorithm(signer.digestAlgorithm), ...weaknessOfSignature(signatureAlgorithm)]),
    ],
    signatureValid:
      certificate !== undefined && namesContentType(signedData, attributes) && (await verifies(certificate)),
    digestMatches:
      !signedAttributes ||
      (digest !== undefined && digestIs(onlyValueOf(attributes, oid.messageDigest), digestOf(covered, digest, ports))),
    certificateBound: certificate && isBound(attributes, certificate, ports),
  };
};
