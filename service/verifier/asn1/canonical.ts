import { readElement, readMembers } from './read.ts';

const constructed = 0x20;
/** Deeper is nothing that is signed. */
const deepest = 16;

/** Whether a length takes as few octets as it can (X.690, 10.1). */
const hasShortestLength = (contentsStart: number, size: number, start: number): boolean => {
  const octets = contentsStart - start - 2;
  if (octets === 0) return true;
  return size >= 0x80 && size >= 256 ** (octets - 1);
};

const isCanonicalAt = (der: Uint8Array, start: number, depth: number): boolean => {
  const element = readElement(der, start);
  if (depth > deepest || !hasShortestLength(element.contents, element.end - element.contents, start)) return false;
  if (!(element.tag & constructed)) return true;
  return readMembers(der, element).every((member) => isCanonicalAt(der, member.start, depth + 1));
};

/** Whether all lengths of an encoding are DER's: what is signed over is made anew by others, who write no other ones. */
export const hasCanonicalLengths = (der: Uint8Array): boolean => isCanonicalAt(der, 0, 0);
