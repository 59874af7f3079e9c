import { hash } from 'node:crypto';
import {
  element,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  preciseTime,
  retag,
  sequence,
  setOf,
  type Der,
} from '#asn1/der.ts';
import { digestAlgorithm, signatureAlgorithm, signWith, type Digest } from './algorithms.ts';
import { keyIdentifierOf, today, type Party } from './certificates.ts';

const types = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

export const attribute = (type: string, ...values: Der[]): Der => sequence(objectIdentifier(type), setOf(...values));
export const contentType = (type: string): Der => attribute(types.contentType, objectIdentifier(type));
export const messageDigest = (...digests: Uint8Array[]): Der =>
  attribute(types.messageDigest, ...digests.map((digest) => octetString(digest)));

const issuerSerial = ({ certificate: { issuer, serialNumber } }: Party): Der =>
  sequence(sequence(explicit(4, issuer)), serialNumber);

export const signingCertificateV2 = (
  party: Party,
  { digest = 'sha256', named = party }: { digest?: Digest; named?: Party } = {},
): Der =>
  attribute(
    types.signingCertificateV2,
    sequence(
      sequence(
        sequence(
          ...(digest === 'sha256' ? [] : [digestAlgorithm(digest)]),
          octetString(hash(digest, party.certificate.der, 'buffer')),
          issuerSerial(named),
        ),
      ),
    ),
  );

export const signingCertificate = (party: Party): Der =>
  attribute(
    types.signingCertificate,
    sequence(sequence(sequence(octetString(hash('sha1', party.certificate.der, 'buffer')), issuerSerial(party)))),
  );

export interface SignedDataShape {
  by: Party;
  /** What is detached, or goes inside. */
  content: Uint8Array;
  inside?: boolean;
  /** What goes inside in place of what was digested. */
  carried?: Uint8Array;
  type?: string;
  digest?: Digest;
  /** DER AlgorithmIdentifiers in place of the right ones. */
  algorithm?: Der;
  digestNames?: Der;
  named?: Der;
  /** In place of the ordinary ones; null signs the content itself. */
  attributes?: ((ordinary: Der[]) => Der[]) | null;
  certificates?: Uint8Array[];
  sid?: 'key' | 'issuer';
  signerName?: Der;
  unsigned?: (signature: Buffer) => Der[];
  version?: number;
  signerVersion?: number;
  alterSignature?: (signature: Buffer) => Buffer;
  /** The attributes as they are signed and carried, in place of a SET OF in DER. */
  writeAttributes?: (attributes: Der[]) => Der;
  /** What stands behind everything else in the SignerInfo. */
  behind?: Der[];
}

const ordinaryAttributes = ({ by, content, type = types.data, digest = 'sha256' }: SignedDataShape): Der[] => [
  contentType(type),
  messageDigest(hash(digest, content, 'buffer')),
  signingCertificateV2(by),
];

const sidOf = ({ by, sid, signerName }: SignedDataShape): Der => {
  const { certificate } = by;
  if (sid === 'key') return implicit(0, keyIdentifierOf(certificate.publicKey));
  return signerName ?? sequence(certificate.issuer, certificate.serialNumber);
};

/** A ContentInfo with SignedData just as it is told. */
export const signData = (shape: SignedDataShape): Buffer => {
  const {
    by,
    content,
    inside = false,
    type = types.data,
    digest = 'sha256',
    alterSignature = (value) => value,
  } = shape;
  const ordinary = ordinaryAttributes(shape);
  const { writeAttributes = (all) => setOf(...all) } = shape;
  const attributes = shape.attributes === null ? undefined : writeAttributes(shape.attributes?.(ordinary) ?? ordinary);
  const signature = alterSignature(signWith(by.privateKey, digest, attributes ?? content));
  const unsigned = shape.unsigned?.(signature) ?? [];
  const signerInfo = sequence(
    integer(shape.signerVersion ?? (shape.sid === 'key' ? 3 : 1)),
    sidOf(shape),
    shape.named ?? digestAlgorithm(digest),
    ...(attributes ? [retag(0xa0, attributes)] : []),
    shape.algorithm ?? signatureAlgorithm(by.privateKey, digest),
    octetString(signature),
    ...(unsigned.length ? [retag(0xa1, setOf(...unsigned))] : []),
    ...(shape.behind ?? []),
  );
  const carried = inside ? [explicit(0, octetString(shape.carried ?? content))] : [];
  const signedData = sequence(
    integer(shape.version ?? (inside && type !== types.data ? 3 : 1)),
    shape.digestNames ?? setOf(digestAlgorithm(digest)),
    sequence(objectIdentifier(type), ...carried),
    // in the order given, which DER would sort: others go through them as they come
    element(0xa0, ...(shape.certificates ?? [by.certificate.der])),
    element(0x31, signerInfo),
  );
  return sequence(objectIdentifier(types.signedData), explicit(0, signedData));
};

export interface TokenShape extends Omit<SignedDataShape, 'content'> {
  /** What is stamped. */
  of: Uint8Array;
  imprint?: Digest;
  at?: Date;
  infoVersion?: number;
  /** What stands behind the time: accuracy, nonce, the authority's name, extensions. */
  more?: Der[];
  /** Parameters of the imprint's algorithm. */
  parameters?: Der;
  alterInfo?: (info: Buffer) => Buffer;
}

/** A time-stamp token just as it is told. */
export const stampToken = (shape: TokenShape): Buffer => {
  const { of, imprint = 'sha256', at = today, infoVersion = 1, alterInfo = (info) => info } = shape;
  const algorithm = digestAlgorithm(imprint);
  const info = sequence(
    integer(infoVersion),
    objectIdentifier('1.3.6.1.4.1.55555.1.1'),
    sequence(
      shape.parameters ? sequence(algorithm.subarray(2), shape.parameters) : algorithm,
      octetString(hash(imprint, of, 'buffer')),
    ),
    integer(4711),
    preciseTime(at),
    ...(shape.more ?? []),
  );
  return signData({ type: types.timeStampInfo, inside: true, ...shape, content: alterInfo(info) });
};

export const timeStampAttribute = (...tokens: Der[]): Der => attribute(types.timeStampToken, ...tokens);
