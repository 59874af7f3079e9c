import { readObjectIdentifier } from '@tu-esign/verifier/asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, split, splitWhole, tagOf, tags } from '@tu-esign/verifier/asn1/read.ts';
import { readExtension, type Extension } from '@tu-esign/verifier/certificates/certificate.ts';
import { toSerialNumber } from './revocations.ts';

/** Of which certificate somebody asks (CertID; RFC 6960, 4.1.1). */
export interface AskedCertificate {
  /** As it was written, to be said again in the answer. */
  der: Uint8Array;
  /** Dotted. */
  digestAlgorithm: string;
  /** Digest of the issuer's name. */
  issuerName: Uint8Array;
  /** Digest of the issuer's key. */
  issuerKey: Uint8Array;
  /** See Revocation. */
  serialNumber: string;
}

export interface StatusRequest {
  certificates: AskedCertificate[];
  /** To be said again, so that the answer is a new one; its extension's value. */
  nonce: Uint8Array | undefined;
}

const nonceType = '1.3.6.1.5.5.7.48.1.2';
/** Octets of a nonce, with what is around them (RFC 9654, 2.1). */
const longestNonce = 128 + 3;
/** More are not asked at once; clients by RFC 5019 ask of one. */
const mostCertificates = 50;

const readAsked = (request: Uint8Array): AskedCertificate => {
  const [der, extensions] = split(expectTag(tags.sequence, request));
  if (extensions) refuseCritical(readExtensions(extensions));
  const [algorithm, name, key, serial] = split(expectTag(tags.sequence, der));
  return {
    der: der!,
    digestAlgorithm: readObjectIdentifier(split(expectTag(tags.sequence, algorithm))[0]),
    issuerName: contentsOf(expectTag(tags.octetString, name)),
    issuerKey: contentsOf(expectTag(tags.octetString, key)),
    serialNumber: toSerialNumber(contentsOf(expectTag(tags.integer, serial))),
  };
};

const readExtensions = (wrapped: Uint8Array): Extension[] => splitWhole(contentsOf(wrapped)).map(readExtension);

const refuseCritical = (extensions: readonly Extension[]): void => {
  if (extensions.some(({ critical, type }) => critical && type !== nonceType))
    throw new RangeError('An extension that must be known is not');
};

const readNonce = (extensions: readonly Extension[]): Uint8Array | undefined => {
  const nonce = extensions.find(({ type }) => type === nonceType)?.value;
  if (nonce && nonce.length > longestNonce) throw new RangeError('The nonce is too long');
  return nonce;
};

/** Takes a DER OCSPRequest apart (RFC 6960, 4.1.1); who signed it does not matter. @throws RangeError where it is none */
export const readStatusRequest = (der: Uint8Array): StatusRequest => {
  const members = split(expectTag(tags.sequence, splitWhole(der)[0]));
  const list = members.find((member) => tagOf(member) === tags.sequence);
  const wrapped = members.find((member) => tagOf(member) === contextual(2));
  const extensions = wrapped ? readExtensions(wrapped) : [];
  refuseCritical(extensions);
  const requests = split(expectTag(tags.sequence, list));
  if (requests.length === 0 || requests.length > mostCertificates)
    throw new RangeError('It asks of none, or of too many');
  return { certificates: requests.map(readAsked), nonce: readNonce(extensions) };
};
