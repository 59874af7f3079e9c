import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import { plain, pretend } from '../../test/bad-png.ts';
import { readAutograph } from './read-autograph.ts';

const limits = { bytes: 512 * 1024, pixels: 4_000_000 };
const read = (png: Uint8Array) => readAutograph(png, limits);

const inked = (x: number, y: number): boolean => x >= 40 && x < 70 && y >= 20 && y < 26;

/** 100 × 50 pixels with a bar of ink, 30 × 6, its upper left corner at 40, 20. */
const drawBar = (paper: number[], ink: number[], depth: 8 | 16 = 8): Uint8Array => {
  const channels = paper.length;
  const samples = Array.from({ length: 5_000 }, (_, at) =>
    inked(at % 100, Math.floor(at / 100)) ? ink : paper,
  ).flat();
  const data = depth === 16 ? Uint16Array.from(samples, (sample) => sample * 257) : Uint8Array.from(samples);
  return encode({ width: 100, height: 50, data, channels, depth });
};

test.each<[string, Uint8Array, number[]]>([
  ['ink on glass', drawBar([0, 0, 0, 0], [16, 24, 88, 255]), [16, 24, 88]],
  ['ink on white', drawBar([255, 255, 255], [16, 24, 88]), [16, 24, 88]],
  ['ink half let through', drawBar([0, 0, 0, 0], [0, 0, 0, 128]), [127, 127, 127]],
  ['red ink', drawBar([255, 255, 255], [255, 0, 0]), [255, 0, 0]],
  ['grey', drawBar([255], [40]), [40, 40, 40]],
  ['grey on glass', drawBar([0, 0], [40, 255]), [40, 40, 40]],
  ['16 bits a sample', drawBar([255, 255, 255], [16, 24, 88], 16), [16, 24, 88]],
])('%s becomes opaque RGB, cropped to the ink and a margin', (_name, png, ink) => {
  const autograph = read(png);
  expect(autograph).toMatchObject({ width: 38, height: 14 });
  const image = decode(autograph.png);
  expect(image).toMatchObject({ width: 38, height: 14, channels: 3, depth: 8 });
  const pixel = (x: number, y: number) => Array.from(image.data.subarray((y * 38 + x) * 3, (y * 38 + x) * 3 + 3));
  expect(pixel(0, 0)).toEqual([255, 255, 255]);
  expect(pixel(4, 4)).toEqual(ink);
  expect(pixel(33, 9)).toEqual(ink);
  expect(pixel(34, 9)).toEqual([255, 255, 255]);
});

test('ink at the edge keeps its place', () => {
  const data = new Uint8Array(60 * 40 * 3).fill(255);
  data.fill(0, 0, 60 * 3);
  const { width, height } = read(encode({ width: 60, height: 40, data, channels: 3, depth: 8 }));
  expect([width, height]).toEqual([60, 5]);
});

test.each<[string, string, Uint8Array]>([
  ['a speck', 'autograph-empty', speck()],
  ['one colour', 'autograph-empty', plain(16, 24, 88, 255)],
  ['light grey', 'autograph-empty', plain(220, 220, 220, 255)],
  ['only a signature', 'autograph-not-png', drawBar([255], [0]).subarray(0, 8)],
  ['a JPEG', 'autograph-not-png', Uint8Array.from({ length: 200 }, (_, at) => [0xff, 0xd8, 0xff][at] ?? 0)],
  ['data of half the rows', 'autograph-not-png', pretend(40, 40, 41 * 20)],
  ['a pixel too many', 'autograph-too-many-pixels', pretend(4_000_001, 1, 10)],
  ['a side too long', 'autograph-too-many-pixels', pretend(1, 16_385, 10)],
  ['the largest sizes a header holds', 'autograph-too-many-pixels', pretend(0xffffffff, 0xffffffff, 10)],
])('%s is refused as %s', (_name, type, png) => {
  expect(() => read(png)).toThrow(expect.objectContaining({ type }));
});

function speck(): Uint8Array {
  const data = new Uint8Array(100 * 100).fill(255);
  data.fill(0, 5_000, 5_015);
  return encode({ width: 100, height: 100, data, channels: 1, depth: 8 });
}

test('a bomb is refused before it takes memory', () => {
  const bomb = pretend(100, 100, 300 * 1024 * 1024);
  expect(bomb.length).toBeLessThan(limits.bytes);
  const before = process.memoryUsage().arrayBuffers;
  expect(() => read(bomb)).toThrow(expect.objectContaining({ type: 'autograph-not-png' }));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
});

test('more bytes than are taken are not looked at', () => {
  const png = drawBar([255], [0]);
  const small = { ...limits, bytes: png.length - 1 };
  expect(() => readAutograph(png, small)).toThrow(expect.objectContaining({ type: 'autograph-too-large' }));
});
