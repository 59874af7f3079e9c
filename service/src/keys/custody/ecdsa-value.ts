import { integer, sequence } from '#asn1/der.ts';

/** ECDSA by r and s, of one length, as a DER Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
export const toEcdsaValue = (numbers: Buffer): Buffer => {
  const half = numbers.length / 2;
  return sequence(integer(numbers.subarray(0, half)), integer(numbers.subarray(half)));
};
