import type { PngChunks } from './png-chunks.ts';

/** A row's samples, one byte each; good until the next row is unpacked. */
type Unpack = (samples: Uint8Array, count: number) => Uint8Array;

/**
 * Makes one byte of each sample (ISO/IEC 15948, 7.2): of 16 bits the upper 8; fewer than 8 are stretched to 255,
 * unless they name a colour. All rows share one buffer, of as many samples as the longest row has.
 */
export const createUnpacking = ({ depth, colourType }: PngChunks, longest: number): Unpack => {
  if (depth === 8) return (samples) => samples;
  const bytes = new Uint8Array(longest);
  const full = 2 ** depth - 1;
  const stretch = colourType === 3 ? 1 : 255 / full;
  return (samples, count) => {
    if (depth === 16) takeUpper(samples, count, bytes);
    else takeBits(samples, count, { bytes, depth, full, stretch });
    return bytes.subarray(0, count);
  };
};

const takeUpper = (samples: Uint8Array, count: number, bytes: Uint8Array): void => {
  for (let at = 0; at < count; at++) bytes[at] = samples[at * 2]!;
};

interface Bits {
  bytes: Uint8Array;
  depth: number;
  /** The largest value of so many bits. */
  full: number;
  stretch: number;
}

const takeBits = (samples: Uint8Array, count: number, { bytes, depth, full, stretch }: Bits): void => {
  for (let at = 0, bit = 0; at < count; at++, bit += depth) {
    bytes[at] = ((samples[bit >> 3]! >> (8 - depth - (bit & 7))) & full) * stretch;
  }
};
