import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, readSmallInteger, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import { readTime } from '#asn1/time.ts';

/** TSTInfo, as far as it is judged (RFC 3161, 2.4.2). */
export interface TimeStampInfo {
  version: number;
  /** Dotted. */
  policy: string;
  /** Dotted algorithm, and the digest. */
  imprint: { algorithm: string; digest: Uint8Array };
  /** Octets of an INTEGER. */
  serialNumber: Uint8Array;
  genTime: Date;
  /** Octets of an INTEGER. */
  nonce: Uint8Array | undefined;
  /** GeneralName of the authority, where it names itself. */
  authority: Uint8Array | undefined;
}

const nothing = 0x05;

const readImprint = (der: Uint8Array | undefined): TimeStampInfo['imprint'] => {
  const [algorithm, digest] = split(expectTag(tags.sequence, der));
  const [identifier, parameters, ...others] = split(expectTag(tags.sequence, algorithm));
  if (others.length || (parameters && tagOf(parameters) !== nothing)) throw new RangeError('A digest with parameters');
  return {
    algorithm: readObjectIdentifier(identifier),
    digest: contentsOf(expectTag(tags.octetString, digest)),
  };
};

/** accuracy, ordering, nonce, tsa and extensions, which may all be left out, but stand in this order. */
const optional: readonly number[] = [tags.sequence, tags.boolean, tags.integer, contextual(0), contextual(1)];

const expectOptional = (rest: readonly Uint8Array[]): void => {
  const places = rest.map((part) => optional.indexOf(tagOf(part)));
  if (places.some((place, at) => place <= (places[at - 1] ?? -1))) throw new RangeError('It is no TSTInfo');
};

const isCritical = (extension: Uint8Array): boolean => tagOf(split(extension)[1]) === tags.boolean;

/** Whoever does not know a critical extension must refuse what it is in; none is known here. */
const expectNoCritical = (extensions: Uint8Array | undefined): void => {
  if (extensions && split(extensions).some(isCritical)) throw new RangeError('An extension is critical');
};

/** Reads a DER TSTInfo. @throws RangeError where it is none */
export const readTimeStampInfo = (der: Uint8Array): TimeStampInfo => {
  const [version, policy, imprint, serialNumber, genTime, ...rest] = splitWhole(der);
  expectOptional(rest);
  const [nonce, authority, extensions] = [tags.integer, contextual(0), contextual(1)].map((tag) =>
    rest.find((part) => tagOf(part) === tag),
  );
  expectNoCritical(extensions);
  return {
    version: readSmallInteger(version),
    policy: readObjectIdentifier(policy),
    imprint: readImprint(imprint),
    serialNumber: contentsOf(expectTag(tags.integer, serialNumber)),
    genTime: readTime(expectTag(tags.generalizedTime, genTime)),
    nonce: nonce && contentsOf(nonce),
    authority: authority && split(authority)[0],
  };
};
