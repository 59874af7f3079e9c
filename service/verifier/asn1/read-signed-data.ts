import { readElement, readMembers, type Element } from './read.ts';

/** A CMS SignedData by one signer, taken apart (RFC 5652, 5.1 and 5.3). All bytes are DER unless said otherwise. */
export interface SignedData {
  version: number;
  /** OBJECT IDENTIFIER of what was signed. */
  contentType: Buffer;
  /** Bytes of what was signed, where it is inside. */
  content: Buffer | undefined;
  certificates: Buffer[];
  signer: SignerInfo;
}

interface SignerInfo {
  version: number;
  /** Name and INTEGER of the signer's certificate; undefined where it is named by a key identifier. */
  issuer: Buffer | undefined;
  serialNumber: Buffer | undefined;
  /** OBJECT IDENTIFIER. */
  digestAlgorithm: Buffer;
  /** AlgorithmIdentifier. */
  signatureAlgorithm: Buffer;
  /** The attributes as they were signed, a SET OF; undefined where the content was signed itself. */
  signedAttributes: Buffer | undefined;
  /** Bytes of the signature's value. */
  signature: Buffer;
  /** [1], where there is one. */
  unsignedAttributes: Buffer | undefined;
}

const contextual = (number: number): number => 0xa0 | number;
const setTag = 0x31;

/** Members of a constructed element as their bytes. */
const split = (der: Buffer): Buffer[] =>
  readMembers(der, readElement(der)).map(({ start, end }) => der.subarray(start, end));

/** Contents of an element. */
export const contentsOf = (der: Buffer): Buffer => {
  const { contents, end }: Element = readElement(der);
  return der.subarray(contents, end);
};

const tagOf = (der: Buffer): number => der[0] ?? 0;

/** First values of attributes, by the type's bytes in hexadecimal (RFC 5652, 5.3). */
export const readAttributes = (attributes: Buffer | undefined): Map<string, Buffer> =>
  new Map(
    (attributes ? split(attributes) : []).map((attribute) => {
      const [type, values] = split(attribute) as [Buffer, Buffer];
      return [type.toString('hex'), split(values)[0] ?? Buffer.alloc(0)];
    }),
  );

/** The element as it is. @throws RangeError where it is another */
const expect = (tag: number, der: Buffer | undefined): Buffer => {
  if (!der || tagOf(der) !== tag) throw new RangeError('The CMS is not made as RFC 5652 says');
  return der;
};

/** Small INTEGER. */
const numberOf = (der: Buffer | undefined): number => contentsOf(expect(0x02, der))[0] ?? -1;

/** OBJECT IDENTIFIER of an AlgorithmIdentifier that has no parameters, or NULL for them. */
const plainAlgorithm = (der: Buffer | undefined): Buffer => {
  const [algorithm, parameters] = split(expect(0x30, der));
  if (parameters && parameters.toString('hex') !== '0500') throw new RangeError('A digest with parameters');
  return expect(0x06, algorithm);
};

const readSignerInfo = (der: Buffer): SignerInfo => {
  const [version, sid, digestAlgorithm, ...rest] = split(expect(0x30, der));
  if (!sid) throw new RangeError('The signer is not named');
  const signed = rest.find((part) => tagOf(part) === contextual(0));
  const [signatureAlgorithm, signature] = signed ? rest.slice(1) : rest;
  const [issuer, serialNumber] = tagOf(sid) === 0x30 ? split(sid) : [];
  return {
    version: numberOf(version),
    issuer,
    serialNumber,
    digestAlgorithm: plainAlgorithm(digestAlgorithm),
    signatureAlgorithm: expect(0x30, signatureAlgorithm),
    // signed as a SET OF, carried as [0] (RFC 5652, 5.4)
    signedAttributes: signed && Buffer.concat([Buffer.of(setTag), signed.subarray(1)]),
    signature: contentsOf(expect(0x04, signature)),
    unsignedAttributes: rest.find((part) => tagOf(part) === contextual(1)),
  };
};

/** A SignedData's version and its members behind the digest algorithms. @throws Error where it is something else */
const openSignedData = (der: Buffer, signedDataType: Buffer) => {
  const [type, wrapped] = split(expect(0x30, der));
  if (!type?.equals(signedDataType)) throw new Error('The CMS is no SignedData');
  const [signedData] = split(expect(contextual(0), wrapped));
  const [version, digestAlgorithms, encapsulated, ...rest] = split(expect(0x30, signedData));
  return {
    version: numberOf(version),
    digestAlgorithms: split(expect(setTag, digestAlgorithms)).map(plainAlgorithm),
    encapsulated: split(expect(0x30, encapsulated)),
    rest,
  };
};

const certificatesAmong = (members: Buffer[]): Buffer[] => {
  const certificates = members.find((part) => tagOf(part) === contextual(0));
  return certificates ? split(certificates) : [];
};

/** The certificates of a DER SignedData, which may have been made to carry them alone. @throws Error as below */
export const readCertificatesOf = (der: Buffer, signedDataType: Buffer): Buffer[] =>
  certificatesAmong(openSignedData(der, signedDataType).rest);

/**
 * Reads a DER ContentInfo with SignedData.
 * @throws Error where it is something else, or has not exactly one signer
 */
export const readSignedData = (der: Buffer, signedDataType: Buffer): SignedData => {
  const { version, digestAlgorithms, encapsulated, rest } = openSignedData(der, signedDataType);
  const [contentType, content] = encapsulated;
  const signers = rest.find((part) => tagOf(part) === setTag);
  const [signerInfo, ...others] = signers ? split(signers) : [];
  if (!signerInfo || others.length) throw new Error('The SignedData has not exactly one signer');
  const signer = readSignerInfo(signerInfo);
  if (!digestAlgorithms.some((digest) => digest.equals(signer.digestAlgorithm)))
    throw new Error('The signer uses a digest that the SignedData does not name');
  return {
    version,
    contentType: expect(0x06, contentType),
    content: content && contentsOf(expect(0x04, split(expect(contextual(0), content))[0])),
    certificates: certificatesAmong(rest),
    signer,
  };
};
