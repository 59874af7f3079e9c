import { readElement, readMembers, type Element } from './read.ts';

/** A CMS SignedData by one signer, taken apart (RFC 5652, 5.1 and 5.3). All bytes are DER unless said otherwise. */
export interface SignedData {
  /** OBJECT IDENTIFIER of what was signed. */
  contentType: Buffer;
  /** Bytes of what was signed, where it is inside. */
  content: Buffer | undefined;
  certificates: Buffer[];
  signer: SignerInfo;
}

interface SignerInfo {
  /** Name and INTEGER of the signer's certificate; undefined where it is named by a key identifier. */
  issuer: Buffer | undefined;
  serialNumber: Buffer | undefined;
  /** OBJECT IDENTIFIER. */
  digestAlgorithm: Buffer;
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

const readSignerInfo = (der: Buffer): SignerInfo => {
  const [, sid, digestAlgorithm, ...rest] = split(der) as [Buffer, Buffer, Buffer, ...Buffer[]];
  const named = tagOf(sid) === 0x30;
  const signed = rest.find((part) => tagOf(part) === contextual(0));
  const signature = rest.find((part) => tagOf(part) === 0x04);
  if (!signature) throw new RangeError('The signer gives no signature');
  const [issuer, serialNumber] = named ? split(sid) : [];
  return {
    issuer,
    serialNumber,
    digestAlgorithm: split(digestAlgorithm)[0]!,
    // signed as a SET OF, carried as [0] (RFC 5652, 5.4)
    signedAttributes: signed && Buffer.concat([Buffer.of(setTag), signed.subarray(1)]),
    signature: contentsOf(signature),
    unsignedAttributes: rest.find((part) => tagOf(part) === contextual(1)),
  };
};

/**
 * Reads a DER ContentInfo with SignedData.
 * @throws Error where it is something else, or has not exactly one signer
 */
export const readSignedData = (der: Buffer, signedDataType: Buffer): SignedData => {
  const [type, wrapped] = split(der);
  if (!type?.equals(signedDataType) || !wrapped) throw new Error('The CMS is no SignedData');
  const [, , encapsulated, ...rest] = split(split(wrapped)[0]!) as [Buffer, Buffer, Buffer, ...Buffer[]];
  const [contentType, content] = split(encapsulated);
  const certificates = rest.find((part) => tagOf(part) === contextual(0));
  const signers = rest.find((part) => tagOf(part) === setTag);
  const [signer, ...others] = signers ? split(signers) : [];
  if (!signer || others.length) throw new Error('The SignedData has not exactly one signer');
  return {
    contentType: contentType!,
    content: content && contentsOf(split(content)[0]!),
    certificates: certificates ? split(certificates) : [],
    signer: readSignerInfo(signer),
  };
};
