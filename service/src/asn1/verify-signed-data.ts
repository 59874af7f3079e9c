import { hash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { fromBER, ObjectIdentifier, type OctetString } from 'asn1js';
import { ContentInfo, IssuerAndSerialNumber, SignedData, type Attribute, type SignerInfo } from 'pkijs';

/** What a CMS SignedData by one signer says, and what of it holds. */
export interface VerifiedSignedData {
  /** Dotted object identifier of what was signed. */
  contentType: string;
  /** What was signed, where it is inside. */
  content: Buffer | undefined;
  /** DER certificates as they come, which is in no order. */
  certificates: Buffer[];
  /** DER certificate of the signer; undefined where it is not among them. */
  signerCertificate: Buffer | undefined;
  signature: Buffer;
  /** DER values of the unsigned attributes by dotted type. */
  unsigned: Map<string, Buffer>;
  /** Signed attributes, or the content where there are none, verify with the certificate's key. */
  signatureValid: boolean;
  /** The messageDigest attribute is the digest of the content. */
  digestMatches: boolean;
  /** SigningCertificate(V2) names the signer's certificate; undefined where there is no such attribute. */
  certificateBound: boolean | undefined;
}

const messageDigest = '1.2.840.113549.1.9.4';
const signingCertificate = '1.2.840.113549.1.9.16.2.12';
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';

const digestNames: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const buffer = (bytes: ArrayBuffer | Uint8Array): Buffer =>
  bytes instanceof ArrayBuffer ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const readSignedData = (der: Uint8Array): SignedData => {
  const parsed = fromBER(new Uint8Array(der).buffer);
  if (parsed.offset === -1) throw new Error('The CMS is not BER');
  const info = new ContentInfo({ schema: parsed.result });
  if (info.contentType !== ContentInfo.SIGNED_DATA) throw new Error('The CMS is no SignedData');
  return new SignedData({ schema: info.content });
};

const valueOf = (attributes: Attribute[], type: string): Buffer | undefined => {
  const value = attributes.find((attribute) => attribute.type === type)?.values[0];
  return value && buffer(value.toBER());
};

const octets = (der: Buffer | undefined): Buffer | undefined =>
  der && buffer((fromBER(new Uint8Array(der).buffer).result as OctetString).valueBlock.valueHexView);

const isSigner = ({ sid }: SignerInfo, certificate: Buffer): boolean => {
  if (!(sid instanceof IssuerAndSerialNumber)) return false;
  const { result } = fromBER(new Uint8Array(certificate).buffer);
  const [toBeSigned] = (
    result.valueBlock as unknown as { value: { valueBlock: { value: { toBER(): ArrayBuffer }[] } }[] }
  ).value;
  const fields = toBeSigned!.valueBlock.value;
  const issuer = buffer(sid.issuer.toSchema().toBER());
  // version is there from X.509 version 2 on; the serial number is compared raw, some are negative
  const serial = buffer(sid.serialNumber.toBER());
  const at = fields.findIndex((field) => buffer(field.toBER()).equals(serial));
  return at !== -1 && fields.slice(at).some((field) => buffer(field.toBER()).equals(issuer));
};

const verifies = (
  key: KeyObject,
  digest: string,
  { bytes, signature }: { bytes: Buffer; signature: Buffer },
): boolean => {
  try {
    return verify(digest, bytes, key, signature);
  } catch {
    return false;
  }
};

/** The first certificate digest in SigningCertificate or SigningCertificateV2 (RFC 5035, 3 and 4). */
const boundTo = (attributes: Attribute[], certificate: Buffer): boolean | undefined => {
  const [first, second] = [valueOf(attributes, signingCertificateV2), valueOf(attributes, signingCertificate)];
  const value = first ?? second;
  if (!value) return undefined;
  const algorithm = Object.entries(digestNames).find(([dotted]) => first && value.includes(encoded(dotted)))?.[1];
  return value.includes(hash(algorithm ?? (first ? 'sha256' : 'sha1'), certificate, 'buffer'));
};

const encoded = (dotted: string): Buffer => buffer(new ObjectIdentifier({ value: dotted }).toBER());

/**
 * Takes a SignedData apart and verifies it with node:crypto. Chains and times are judged elsewhere.
 * @param detached what was signed, where it is not inside
 * @throws Error where it cannot be parsed
 */
export const verifySignedData = (der: Uint8Array, detached?: Uint8Array): VerifiedSignedData => {
  const signedData = readSignedData(der);
  const [info, ...others] = signedData.signerInfos;
  if (!info || others.length) throw new Error('The SignedData has not exactly one signer');
  const inside = signedData.encapContentInfo.eContent;
  const content = inside && buffer(inside.getValue());
  const certificates = (signedData.certificates ?? []).map((certificate) => buffer(certificate.toSchema().toBER()));
  const signerCertificate = certificates.find((certificate) => isSigner(info, certificate));
  const digest = digestNames[info.digestAlgorithm.algorithmId] ?? '';
  const covered = content ?? buffer(detached ?? new Uint8Array());
  const attributes = info.signedAttrs?.attributes ?? [];
  const signature = buffer(info.signature.valueBlock.valueHexView);
  const signed = info.signedAttrs ? retagged(buffer(info.signedAttrs.encodedValue)) : covered;
  const key = signerCertificate && new X509Certificate(signerCertificate).publicKey;
  return {
    contentType: signedData.encapContentInfo.eContentType,
    content,
    certificates,
    signerCertificate,
    signature,
    unsigned: unsignedOf(info),
    signatureValid: key !== undefined && digest !== '' && verifies(key, digest, { bytes: signed, signature }),
    digestMatches:
      !info.signedAttrs ||
      (octets(valueOf(attributes, messageDigest))?.equals(hash(digest, covered, 'buffer')) ?? false),
    certificateBound: signerCertificate && boundTo(attributes, signerCertificate),
  };
};

// signed as a SET OF, carried as [0] (RFC 5652, 5.4)
const retagged = (attributes: Buffer): Buffer => Buffer.concat([Buffer.of(0x31), attributes.subarray(1)]);

const unsignedOf = ({ unsignedAttrs }: SignerInfo): Map<string, Buffer> =>
  new Map((unsignedAttrs?.attributes ?? []).map(({ type, values }) => [type, buffer(values[0].toBER())]));
