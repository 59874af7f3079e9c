import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createRecord, insertRecord } from '../../test/records.ts';
import { startTroubledJobs } from '../../test/troubled-neighbours.ts';
import { holdLease, leaseMs } from './lease.ts';

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
  // Also the clock that leases end by in the records.
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await room.stop();
});

const claim = async () => {
  const { signing } = createRecord();
  await insertRecord(room.store, { ...createRecord(), signing });
  return (await room.store.claim(signing.id, leaseMs))!;
};

test('a lease is renewed for as long as its step runs, so that nobody else gets the record', async () => {
  const signing = await claim();
  const lease = holdLease(room.store, signing, performance.now());
  for (let seconds = 0; seconds < 120; seconds += 1) {
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lease.holds()).toBe(true);
    expect(await room.store.claim(signing.id, leaseMs)).toBeUndefined();
  }
  lease.end();
  await vi.advanceTimersByTimeAsync(leaseMs + 1);
  expect(await room.store.claim(signing.id, leaseMs)).toMatchObject({ epoch: signing.epoch + 1 });
});

test('a lease that is not renewed, since another change came first, is lost before the record is free', async () => {
  const signing = await claim();
  const lease = holdLease(room.store, signing, performance.now());
  await room.store.save(signing, { dueInMs: leaseMs });
  await vi.advanceTimersByTimeAsync(24_000);
  expect([lease.holds(), lease.lost.aborted]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([lease.holds(), lease.lost.aborted]).toEqual([false, true]);
  expect(await room.store.claim(signing.id, leaseMs)).toBeUndefined();
  lease.end();
});

test('a claim whose answer came when it was over is lost at once, without a warning', async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  vi.useRealTimers();
  const lease = holdLease(room.store, await claim(), performance.now() - 60_000);
  await expect.poll(() => lease.lost.aborted).toBe(true);
  expect(lease.holds()).toBe(false);
  lease.end();
  expect(warnings).toEqual([]);
});
