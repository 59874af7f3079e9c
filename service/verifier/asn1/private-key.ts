import { indexOfBytes, toHex, toLatin1 } from '#bytes.ts';
import { isPdf, unwrapBase64 } from './armour.ts';
import { toDerInside } from './ber.ts';
import { readPemBlocks } from './pem.ts';
import { readElement, readMembers, tags } from './read.ts';

const tagsOf = (der: Uint8Array): number[] => readMembers(der, readElement(der)).map(({ tag }) => tag);

const firstTagOf = (der: Uint8Array, place: number): number | undefined => {
  const member = readMembers(der, readElement(der))[place];
  return member && readMembers(der, member)[0]?.tag;
};

/** Each kind of private key by the types of its members. */
const shapes: readonly ((members: number[], der: Uint8Array) => boolean)[] = [
  // PKCS #8 (RFC 5958, 2) and PKCS #12 (RFC 7292, 4): a version, then an algorithm or a content type
  ([version, second], der) =>
    version === tags.integer && second === tags.sequence && firstTagOf(der, 1) === tags.objectIdentifier,
  // PKCS #8, encrypted (RFC 5958, 3)
  (members, der) =>
    members.join() === [tags.sequence, tags.octetString].join() && firstTagOf(der, 0) === tags.objectIdentifier,
  // PKCS #1 (RFC 8017, A.1.2) and OpenSSL's DSA: numbers alone
  (members) => members.length >= 5 && members.every((tag) => tag === tags.integer),
  // SEC 1 (RFC 5915, 3)
  ([version, key]) => version === tags.integer && key === tags.octetString,
];

/** Browsers and Java write key stores in BER. */
const hasShape = (ber: Uint8Array): boolean => {
  try {
    const der = toDerInside(ber);
    const members = tagsOf(der);
    return shapes.some((shape) => shape(members, der));
  } catch {
    return false;
  }
};

/** PEM of any kind and OpenSSH's, PuTTY's, a JSON Web Key (RFC 7517). */
const texts = [/PRIVATE KEY-----/, /PuTTY-User-Key-File/, /"kty"\s*:[\s\S]*"[dk]"\s*:|"[dk]"\s*:[\s\S]*"kty"\s*:/];
/** Java's key stores. */
const magics = new Set(['feedfeed', 'cececece']);

/** Whether version, algorithm and key of PKCS #8 lie somewhere in what is not compressed. */
const isInside = (der: Uint8Array, version: number): boolean => {
  const start = Uint8Array.of(tags.integer, 1, version, tags.sequence);
  for (let at = indexOfBytes(der, start); at !== -1; at = indexOfBytes(der, start, at + 1)) {
    const algorithm = at + start.length + 1;
    // A certificate's serial number is followed by an algorithm as well, and that by a name.
    if (der[algorithm] === tags.objectIdentifier && der[algorithm + der[algorithm - 1]!] === tags.octetString)
      return true;
  }
  return false;
};

/** Whether a file holds a private key, encrypted or not: such a file is refused, and never kept. */
export const holdsPrivateKey = (file: Uint8Array): boolean => {
  const { content } = unwrapBase64(file);
  const text = toLatin1(content);
  if (texts.some((pattern) => pattern.test(text)) || magics.has(toHex(content.subarray(0, 4)))) return true;
  if (isPdf(content)) return false;
  // A label may lie.
  return [content, ...readPemBlocks(text)].some((der) => hasShape(der) || isInside(der, 0) || isInside(der, 1));
};
