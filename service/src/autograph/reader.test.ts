import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { drawAutograph } from '../../test/autograph.ts';
import { vast } from '../../test/bad-png.ts';
import { readAutograph } from './read-autograph.ts';
import { createAutographReader, type AutographReader, type AutographReaderOptions } from './reader.ts';

const limits = { bytes: 512 * 1024, pixels: 100_000_000 };
const good = drawAutograph().png;
const one = vast(3_000);

let reader: AutographReader;
const start = (options?: AutographReaderOptions) => (reader = createAutographReader(options));
afterEach(() => reader.close());

const problem = (type: string) => expect.objectContaining({ type, name: 'Problem' });

test('a picture is read in a thread as it is without one', async () => {
  const { read } = start();
  const { png, ...size } = readAutograph(good, limits);
  expect(await read(good, limits)).toEqual({ png: new Uint8Array(png), ...size });
});

test('what a thread refuses a picture for is told', async () => {
  const { read } = start();
  await expect(read(one, limits)).rejects.toEqual(problem('autograph-empty'));
  await expect(read(one, { ...limits, pixels: 1_000 })).rejects.toEqual(problem('autograph-too-many-pixels'));
  await expect(read(Buffer.from('GIF89a'.repeat(40)), limits)).rejects.toEqual(problem('autograph-not-png'));
});

test('the event loop comes round while pictures are read', async () => {
  const { read } = start();
  await read(good, limits);
  let turns = 0;
  const work = { ended: false };
  const done = Promise.allSettled([read(one, limits), read(one, limits)]).finally(() => (work.ended = true));
  for (; !work.ended; turns += 1) await setImmediate();
  await done;
  expect(turns).toBeGreaterThan(50);
});

test('a picture that takes too long is given up, and the next one is read', async () => {
  const { read } = start({ timeoutMs: 50 });
  await expect(read(vast(6_000), limits)).rejects.toEqual(problem('overloaded'));
  await expect.poll(() => read(good, limits).catch(() => null)).toMatchObject({ width: 299 });
});

test('pictures beyond those that may wait are refused, and taken once there is room', async () => {
  const { read } = start({ atMost: 2 });
  const results = await Promise.allSettled(Array.from({ length: 4 }, () => read(good, limits)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(results[3]).toMatchObject({ reason: problem('overloaded') });
  expect(await read(good, limits)).toMatchObject({ width: 299 });
});
