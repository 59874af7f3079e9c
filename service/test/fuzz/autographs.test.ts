import { decode, encode } from 'fast-png';
import { option, record } from 'fast-check';
import { expect, test } from 'vitest';
import { readAutograph } from '#autograph/read-autograph.ts';
import { drawAutograph } from '../autograph.ts';
import { alter, alterations, altered } from './alterations.ts';
import { fuzz } from './fuzz.ts';
import { oddPngs, writeOddPng } from './odd-pngs.ts';
import { outcomeOf } from './outcome.ts';

const limits = { bytes: 512 * 1024, pixels: 4_000_000 };
const refusals = ['not-png', 'too-many-pixels', 'too-large', 'empty'].map((type) => `autograph-${type}`);

/** Refused, or written anew as a PNG that another reader reads. */
const expectRead = (png: Buffer): void => {
  const found = outcomeOf(() => {
    const autograph = readAutograph(png, limits);
    const { width, height, channels, depth } = decode(autograph.png, { checkCrc: true });
    expect({ width, height, channels, depth }).toEqual({
      width: autograph.width,
      height: autograph.height,
      channels: 3,
      depth: 8,
    });
  });
  expect(['good', ...refusals]).toContain(found);
};

/** A wave of ink in this many channels of this depth. */
const drawn = (channels: number, depth: 8 | 16): Uint8Array => {
  const samples = Array.from({ length: 40 * 20 * channels }, (_, at) => (Math.floor(at / channels) % 7 < 2 ? 0 : 255));
  const data = depth === 16 ? Uint16Array.from(samples, (level) => level * 257) : Uint8Array.from(samples);
  return encode({ width: 40, height: 20, data, channels, depth });
};
const samples = [drawAutograph(60, 30).png, drawn(1, 8), drawn(2, 8), drawn(3, 16), drawn(4, 8), drawn(4, 16)];

fuzz('autographs: altered bytes', altered(samples.length), ([index, changes]) =>
  expectRead(alter(samples[index]!, changes)),
);

const memory = process.resourceUsage().maxRSS;
const odd = record({ png: oddPngs, changes: option(alterations, { freq: 4, nil: [] }) });

fuzz('autographs: odd chunks', odd, ({ png, changes }) => expectRead(alter(writeOddPng(png), changes)));

test('all of them together took little memory', () => {
  const kibibytes = process.resourceUsage().maxRSS - memory;
  expect(kibibytes).toBeLessThan(512 * 1024);
});
