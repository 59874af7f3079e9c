import { expect, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { createRoom } from './room.ts';

const megabyte = 1024 * 1024;

/** A disk of a gigabyte with so many megabytes free, and what was logged. */
const createDisk = (reserveMegabytes = 40) => {
  const lines: { level: string; message: string }[] = [];
  const disk = { free: 1_000 };
  const room = createRoom({
    folder: '/data',
    reserve: reserveMegabytes * megabyte,
    log: createLog((line) => lines.push(JSON.parse(line))),
    look: async () => ({ bsize: megabyte, blocks: 1_000, bavail: disk.free }),
  });
  return { disk, room, lines };
};

const full = { type: 'storage-full', retryAfterSeconds: 60 };

test('uploads leave a reserve, and signings the last quarter of it', async () => {
  const { disk, room } = createDisk();
  disk.free = 50;
  await room.require('upload', 10 * megabyte);
  await expect(room.require('upload', 11 * megabyte)).rejects.toMatchObject(full);
  disk.free = 39;
  await expect(room.require('upload', 0)).rejects.toMatchObject(full);
  await room.require('signing', 29 * megabyte);
  await expect(room.require('signing', 30 * megabyte)).rejects.toMatchObject(full);
});

test('what is left is enough, little, or none, and each change is logged once', async () => {
  const { disk, room, lines } = createDisk();
  const leftAt = async (free: number) => {
    disk.free = free;
    return room.left();
  };
  expect([await leftAt(40), await leftAt(39), await leftAt(10), await leftAt(9), await leftAt(0)]).toEqual([
    'enough',
    'little',
    'little',
    'none',
    'none',
  ]);
  for (let refused = 0; refused < 20; refused += 1) await room.require('upload', 1).catch(() => {});
  expect(await leftAt(500)).toBe('enough');
  expect(lines.map(({ level, message }) => [level, message.replace(/:.*/, '')])).toEqual([
    ['error', 'the disk is almost full'],
    ['error', 'the disk is full'],
    ['info', 'there is room on the disk again'],
  ]);
});

test('of a small disk a twentieth is kept at most, so that it can be used', async () => {
  const { disk, room } = createDisk(100_000);
  disk.free = 51;
  await room.require('upload', megabyte);
  await expect(room.require('upload', 2 * megabyte)).rejects.toMatchObject(full);
});

test('where nothing is kept on this machine there is always room', async () => {
  const room = createRoom({ folder: undefined, reserve: 1, log: createLog(() => {}) });
  await room.require('upload', Number.MAX_SAFE_INTEGER);
  expect([await room.left(), await room.free()]).toEqual(['enough', undefined]);
});

test('a folder’s own disk is asked', async () => {
  const room = createRoom({ folder: '/', reserve: 0, log: createLog(() => {}) });
  expect(await room.free()).toBeGreaterThan(0);
});
