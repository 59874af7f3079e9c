import { equalBytes } from '#bytes.ts';
import { contentsOf, contextual, expectTag, readElement, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import { readTime } from '#asn1/time.ts';
import { readExtension, readWholeBits, type Extension } from '#certificates/certificate.ts';

/** A certificate revocation list, taken apart (RFC 5280, 5.1). All bytes are DER unless said otherwise. */
export interface CertificateList {
  /** What its issuer signed. */
  toBeSigned: Uint8Array;
  claimedAlgorithm: Uint8Array;
  signatureAlgorithm: Uint8Array;
  /** Bytes of the signature's value. */
  signature: Uint8Array;
  /** Name. */
  issuer: Uint8Array;
  thisUpdate: Date;
  /** Undefined where it does not say when the next one comes. */
  nextUpdate: Date | undefined;
  /** SEQUENCE of all entries; undefined where nothing is revoked. */
  entries: Uint8Array | undefined;
  extensions: readonly Extension[];
}

const isTime = (der: Uint8Array | undefined): boolean =>
  tagOf(der) === tags.utcTime || tagOf(der) === tags.generalizedTime;

const readToBeSigned = (der: Uint8Array) => {
  const members = split(expectTag(tags.sequence, der));
  // Version 1 is left out, and has no extensions.
  const [algorithm, issuer, thisUpdate, ...rest] = tagOf(members[0]) === tags.integer ? members.slice(1) : members;
  const nextUpdate = isTime(rest[0]) ? rest.shift() : undefined;
  const entries = tagOf(rest[0]) === tags.sequence ? rest.shift() : undefined;
  const [wrapped, ...others] = rest;
  if (others.length) throw new RangeError('It is no list');
  return {
    claimedAlgorithm: expectTag(tags.sequence, algorithm),
    issuer: expectTag(tags.sequence, issuer),
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate && readTime(nextUpdate),
    entries,
    extensions: wrapped ? splitWhole(contentsOf(expectTag(contextual(0), wrapped))).map(readExtension) : [],
  };
};

/** Takes a DER list apart. @throws RangeError where it is none, or something follows it */
export const readCertificateList = (der: Uint8Array): CertificateList => {
  const [toBeSigned, signatureAlgorithm, signature, ...others] = splitWhole(der);
  if (!toBeSigned || others.length) throw new RangeError('It is no list');
  return {
    toBeSigned,
    ...readToBeSigned(toBeSigned),
    signatureAlgorithm: expectTag(tags.sequence, signatureAlgorithm),
    signature: readWholeBits(signature),
  };
};

/** What a list says of one certificate. */
export interface RevocationEntry {
  revokedAt: Date;
  extensions: readonly Extension[];
}

const readEntry = (der: Uint8Array): RevocationEntry => {
  const [, revokedAt, extensions] = split(der);
  return { revokedAt: readTime(revokedAt), extensions: extensions ? splitWhole(extensions).map(readExtension) : [] };
};

/**
 * Looks for a certificate by its serial number (INTEGER); lists have a million entries, of which one is read.
 * @throws RangeError where they cannot be read
 */
export const findEntry = ({ entries }: CertificateList, serialNumber: Uint8Array): RevocationEntry | undefined => {
  if (!entries) return undefined;
  const { contents, end } = readElement(entries);
  for (let at = contents; at < end;) {
    const entry = readElement(entries, at);
    const number = readElement(entries, entry.contents);
    if (equalBytes(entries.subarray(number.start, number.end), serialNumber))
      return readEntry(entries.subarray(entry.start, entry.end));
    at = entry.end;
  }
  return undefined;
};
