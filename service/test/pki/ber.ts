import { readElement, readMembers } from '@tu-esign/verifier/asn1/read.ts';

const constructed = 0x20;

/** The same as those write it who do not know beforehand how long it will be; deeper than told it stays as it is. */
export const toBer = (der: Uint8Array, depth: number): Buffer => {
  const whole = readElement(der);
  if (depth === 0 || !(whole.tag & constructed)) return Buffer.from(der);
  const inside = readMembers(der, whole).map(({ start, end }) => toBer(der.subarray(start, end), depth - 1));
  return Buffer.concat([Buffer.of(whole.tag, 0x80), ...inside, Buffer.of(0, 0)]);
};
