import { concatBytes } from '#bytes.ts';
import { oid, readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, readSmallInteger, split, tagOf, tags } from '#asn1/read.ts';

/** A CMS SignedData by one signer, taken apart (RFC 5652, 5.1 and 5.3). All bytes are DER unless said otherwise. */
export interface SignedData {
  version: number;
  /** What was signed, dotted. */
  contentType: string;
  /** Bytes of what was signed, where it is inside. */
  content: Uint8Array | undefined;
  certificates: Uint8Array[];
  signer: SignerInfo;
}

interface SignerInfo {
  version: number;
  /** Name and INTEGER of the signer's certificate; undefined where it is named by a key identifier. */
  issuer: Uint8Array | undefined;
  serialNumber: Uint8Array | undefined;
  /** Octets of the certificate's subjectKeyIdentifier, where it is named by that. */
  keyIdentifier: Uint8Array | undefined;
  /** Dotted. */
  digestAlgorithm: string;
  /** AlgorithmIdentifier. */
  signatureAlgorithm: Uint8Array;
  /** The attributes as they were signed, a SET OF; undefined where the content was signed itself. */
  signedAttributes: Uint8Array | undefined;
  /** Bytes of the signature's value. */
  signature: Uint8Array;
  /** [1], where there is one. */
  unsignedAttributes: Uint8Array | undefined;
}

/** Values of attributes, by their dotted types (RFC 5652, 5.3); where one is there twice, those of both. */
export const readAttributes = (attributes: Uint8Array | undefined): Map<string, Uint8Array[]> => {
  const read = new Map<string, Uint8Array[]>();
  for (const attribute of attributes ? split(attributes) : []) {
    const [type, values, ...others] = split(expectTag(tags.sequence, attribute));
    if (others.length) throw new RangeError('An attribute has more than its values');
    const name = readObjectIdentifier(type);
    read.set(name, [...(read.get(name) ?? []), ...split(expectTag(tags.set, values))]);
  }
  return read;
};

const isNull = (der: Uint8Array): boolean => der[0] === 0x05 && der[1] === 0;

const subjectKey = 0x80;

/** Dotted name in an AlgorithmIdentifier that has no parameters, or NULL for them. */
const readPlainAlgorithm = (der: Uint8Array | undefined): string => {
  const [algorithm, parameters] = split(expectTag(tags.sequence, der));
  if (parameters && !isNull(parameters)) throw new RangeError('A digest with parameters');
  return readObjectIdentifier(algorithm);
};

const readSignerInfo = (der: Uint8Array): SignerInfo => {
  const [version, sid, digestAlgorithm, ...rest] = split(expectTag(tags.sequence, der));
  if (!sid) throw new RangeError('The signer is not named');
  const signed = rest.find((part) => tagOf(part) === contextual(0));
  const [signatureAlgorithm, signature, ...behind] = signed ? rest.slice(1) : rest;
  if (behind.length > 1 || (behind.length && tagOf(behind[0]) !== contextual(1)))
    throw new RangeError('Something stands behind the signature');
  const [issuer, serialNumber] = tagOf(sid) === tags.sequence ? split(sid) : [];
  return {
    version: readSmallInteger(version),
    issuer,
    serialNumber,
    keyIdentifier: tagOf(sid) === subjectKey ? contentsOf(sid) : undefined,
    digestAlgorithm: readPlainAlgorithm(digestAlgorithm),
    signatureAlgorithm: expectTag(tags.sequence, signatureAlgorithm),
    // signed as a SET OF, carried as [0] (RFC 5652, 5.4)
    signedAttributes: signed && concatBytes(Uint8Array.of(tags.set), signed.subarray(1)),
    signature: contentsOf(expectTag(tags.octetString, signature)),
    unsignedAttributes: rest.find((part) => tagOf(part) === contextual(1)),
  };
};

/** A SignedData's version and its members behind the digest algorithms. @throws Error where it is something else */
const openSignedData = (der: Uint8Array) => {
  const [type, wrapped, ...others] = split(expectTag(tags.sequence, der));
  if (others.length) throw new RangeError('Something stands behind the content');
  if (readObjectIdentifier(type) !== oid.signedData) throw new Error('The CMS is no SignedData');
  const [signedData] = split(expectTag(contextual(0), wrapped));
  const [version, digestAlgorithms, encapsulated, ...rest] = split(expectTag(tags.sequence, signedData));
  return {
    version: readSmallInteger(version),
    digestAlgorithms: split(expectTag(tags.set, digestAlgorithms)).map(readPlainAlgorithm),
    encapsulated: split(expectTag(tags.sequence, encapsulated)),
    rest,
  };
};

/** Kinds of certificates that nobody makes use of; each has a tag of its own (RFC 5652, 10.2.2). */
const otherKinds = new Set([0, 1, 2, 3].map(contextual));

/** X.509's alone. @throws RangeError where there is something that is no certificate of any kind */
const certificatesAmong = (members: Uint8Array[]): Uint8Array[] => {
  const certificates = members.find((part) => tagOf(part) === contextual(0));
  const known = (certificates ? split(certificates) : []).filter((der) => !otherKinds.has(tagOf(der)));
  return known.map((certificate) => expectTag(tags.sequence, certificate));
};

/** The certificates of a DER SignedData, which may have been made to carry them alone. @throws Error as below */
export const readCertificatesOf = (der: Uint8Array): Uint8Array[] => certificatesAmong(openSignedData(der).rest);

/**
 * Reads a DER ContentInfo with SignedData.
 * @throws Error where it is something else, or has not exactly one signer
 */
export const readSignedData = (der: Uint8Array): SignedData => {
  const { version, digestAlgorithms, encapsulated, rest } = openSignedData(der);
  const [contentType, content, ...others] = encapsulated;
  if (others.length) throw new RangeError('There is more than one content');
  const signers = rest.find((part) => tagOf(part) === tags.set);
  const [signerInfo, ...more] = signers ? split(signers) : [];
  if (!signerInfo || more.length) throw new Error('The SignedData has not exactly one signer');
  const signer = readSignerInfo(signerInfo);
  if (!digestAlgorithms.includes(signer.digestAlgorithm))
    throw new Error('The signer uses a digest that the SignedData does not name');
  return {
    version,
    contentType: readObjectIdentifier(contentType),
    content: content && contentsOf(expectTag(tags.octetString, split(expectTag(contextual(0), content))[0])),
    certificates: certificatesAmong(rest),
    signer,
  };
};
