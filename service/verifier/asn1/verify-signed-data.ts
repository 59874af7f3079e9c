import { hash, X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { readCertificate } from './certificate.ts';
import { objectIdentifier } from './der.ts';
import { oid } from './object-identifiers.ts';
import { verifyValue } from './signature-algorithm.ts';
import { contentsOf, readAttributes, readSignedData, type SignedData } from './read-signed-data.ts';

/** What a CMS SignedData by one signer says, and what of it holds. */
export interface VerifiedSignedData {
  /** Versions of SignedData and SignerInfo, and whether the latter names a certificate by issuer and number. */
  versions: { signedData: number; signerInfo: number; named: boolean };
  /** DER object identifier of what was signed. */
  contentType: Buffer;
  /** What was signed, where it is inside. */
  content: Buffer | undefined;
  /** DER certificates as they come, which is in no order. */
  certificates: Buffer[];
  /** DER certificate of the signer; undefined where it is not among them. */
  signerCertificate: Buffer | undefined;
  signature: Buffer;
  /** DER of the time-stamp token over the signature's value, where there is one. */
  timeStampToken: Buffer | undefined;
  /** Signed attributes, or the content where there are none, verify with the certificate's key. */
  signatureValid: boolean;
  /** The messageDigest attribute is the digest of the content. */
  digestMatches: boolean;
  /** SigningCertificate(V2) names the signer's certificate; undefined where there is no such attribute. */
  certificateBound: boolean | undefined;
}

const hex = (der: Buffer): string => der.toString('hex');

// RFC 5035, 4: the first version knows SHA-1 alone
const signingCertificate = objectIdentifier('1.2.840.113549.1.9.16.2.12');

const digests = (
  [
    ['1.3.14.3.2.26', 'sha1'],
    ['2.16.840.1.101.3.4.2.1', 'sha256'],
    ['2.16.840.1.101.3.4.2.2', 'sha384'],
    ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ] as const
).map(([dotted, name]) => ({ encoded: objectIdentifier(dotted), name }));

/** Ours and nearly everybody's is DER; what is BER of indefinite length is encoded anew, attributes as they are. */
const toDer = (bytes: Uint8Array): Buffer => {
  const der = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (der[1] !== 0x80) return der;
  const { result, offset } = fromBER(new Uint8Array(bytes).buffer);
  if (offset === -1) throw new Error('The CMS is not BER');
  return Buffer.from(result.toBER());
};

const isSigner = ({ signer }: SignedData, certificate: Buffer): boolean => {
  const { issuer, serialNumber } = readCertificate(certificate);
  return signer.issuer?.equals(issuer) === true && signer.serialNumber?.equals(serialNumber) === true;
};

/** Whether the first certificate digest in SigningCertificate, V2 or the older, is of this certificate. */
const isBound = (attributes: Map<string, Buffer>, certificate: Buffer): boolean | undefined => {
  const second = attributes.get(hex(oid.signingCertificateV2));
  const value = second ?? attributes.get(hex(signingCertificate));
  if (!value) return undefined;
  const named = second && digests.find(({ encoded }) => second.includes(encoded))?.name;
  return value.includes(hash(named ?? (second ? 'sha256' : 'sha1'), certificate, 'buffer'));
};

/** Where digesting a large document again would cost more than all the rest. */
export type Detached = Uint8Array | { sha256: Buffer };

const bytesOf = (covered: Detached): Uint8Array => ('sha256' in covered ? new Uint8Array() : covered);

const digestOf = (covered: Detached, algorithm: string): Buffer => {
  if (!('sha256' in covered)) return hash(algorithm, covered, 'buffer');
  return algorithm === 'sha256' ? covered.sha256 : Buffer.alloc(0);
};

/**
 * Takes a SignedData apart and verifies it. Chains and times are judged elsewhere.
 * @param detached what was signed, or the SHA-256 of it, where it is not inside
 * @throws Error where it cannot be read
 */
export const verifySignedData = (cms: Uint8Array, detached: Detached = new Uint8Array()): VerifiedSignedData => {
  const signedData = readSignedData(toDer(cms), oid.signedData);
  const { content, certificates, signer } = signedData;
  const signerCertificate = certificates.find((certificate) => isSigner(signedData, certificate));
  const digest = digests.find(({ encoded }) => encoded.equals(signer.digestAlgorithm))?.name;
  if (!digest) throw new Error('The digest algorithm is none that we know');
  const attributes = readAttributes(signer.signedAttributes);
  const messageDigest = attributes.get(hex(oid.messageDigest));
  const covered = content ?? detached;
  const signed = { ...signer, bytes: signer.signedAttributes ?? bytesOf(covered), digest };
  return {
    versions: { signedData: signedData.version, signerInfo: signer.version, named: signer.issuer !== undefined },
    contentType: signedData.contentType,
    content,
    certificates,
    signerCertificate,
    signature: signer.signature,
    timeStampToken: readAttributes(signer.unsignedAttributes).get(hex(oid.timeStampToken)),
    signatureValid:
      signerCertificate !== undefined && verifyValue(new X509Certificate(signerCertificate).publicKey, signed),
    digestMatches:
      !signer.signedAttributes ||
      (messageDigest !== undefined && contentsOf(messageDigest).equals(digestOf(covered, digest))),
    certificateBound: signerCertificate && isBound(attributes, signerCertificate),
  };
};
