import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { oid, readObjectIdentifier } from '@tu-esign/verifier/asn1/object-identifiers.ts';
import { contextual, expectTag, split, splitWhole, tagOf, tags } from '@tu-esign/verifier/asn1/read.ts';
import { readExtension, readWholeBits, type Extension } from '@tu-esign/verifier/certificates/certificate.ts';
import { verifyValue } from '@tu-esign/verifier/certificates/signature-algorithm.ts';
import { readPem } from '#asn1/pem.ts';
import type { Replaceable } from '#authority/create-authority.ts';
import { KeysError } from '#keys/key-storage.ts';
import { requestLabel } from './create-request.ts';

/** What somebody asks a certificate for. */
export interface CertificateRequest {
  which: Replaceable;
  /** DER Name. */
  subject: Buffer;
  /** DER SubjectPublicKeyInfo. */
  publicKey: Buffer;
}

const extensionRequest = '1.2.840.113549.1.9.14';

const readExtensions = (attributes: Uint8Array): Extension[] =>
  split(attributes).flatMap((attribute) => {
    const [type, values] = split(attribute);
    if (readObjectIdentifier(type) !== extensionRequest) return [];
    const [asked] = split(expectTag(tags.set, values));
    return split(expectTag(tags.sequence, asked)).map(readExtension);
  });

/** Certificates are made as the root makes them: of what is asked it is only read for what. */
const kindOf = (extensions: readonly Extension[]): Replaceable => {
  const purposes = extensions.find(({ type }) => type === oid.extendedKeyUsage);
  if (purposes && splitWhole(purposes.value).map(readObjectIdentifier).includes(oid.timeStamping)) return 'time-stamp';
  if (extensions.some(({ type }) => type === oid.basicConstraints)) return 'issuing';
  throw new RangeError('It asks for no kind of certificate that is known here');
};

/** Who asks must have the key (RFC 2986, 3). */
const readOne = async (der: Uint8Array): Promise<CertificateRequest> => {
  const [bytes, signatureAlgorithm, signature] = splitWhole(der);
  const [, subject, publicKey, attributes] = split(expectTag(tags.sequence, bytes));
  const value = { publicKey: publicKey!, signatureAlgorithm: signatureAlgorithm!, bytes: bytes! };
  if (tagOf(attributes) !== contextual(0)) throw new RangeError('It asks for nothing');
  if (!(await verifyValue({ ...value, signature: readWholeBits(signature) }, nodePorts)))
    throw new RangeError('It is not signed with its own key');
  return {
    which: kindOf(readExtensions(attributes!)),
    subject: Buffer.from(expectTag(tags.sequence, subject)),
    publicKey: Buffer.from(publicKey!),
  };
};

/** @throws KeysError where there is none, or one of them is not as it should be */
export const readRequests = async (text: string): Promise<CertificateRequest[]> => {
  const requests = readPem(text, requestLabel);
  if (requests.length === 0) throw new KeysError('there is no request for a certificate in it');
  try {
    return await Promise.all(requests.map(readOne));
  } catch (cause) {
    throw new KeysError(`a request for a certificate is not as it should be: ${(cause as Error).message}`, { cause });
  }
};
