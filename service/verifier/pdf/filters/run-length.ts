import { Output } from './output.ts';

const endOfData = 128;

/** ISO 32000-2, 7.4.5. What was cut short gives what it has. @throws Fault when it grows too large */
export const decodeRunLength = (bytes: Uint8Array): Uint8Array => {
  const output = new Output();
  for (let at = 0; at + 1 < bytes.length && bytes[at] !== endOfData;) {
    const length = bytes[at]!;
    const isCopy = length < endOfData;
    output.append(isCopy ? bytes.subarray(at + 1, at + 2 + length) : new Uint8Array(257 - length).fill(bytes[at + 1]!));
    at += isCopy ? length + 2 : 2;
  }
  return output.bytes();
};
