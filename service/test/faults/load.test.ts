import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { extent, tell } from './extent.ts';
import { recover } from './recover.ts';
import { startLoad, type Load } from './load.ts';
import { expectCompleted, judge, settle } from './oracle.ts';
import type { ServiceProcess } from './service-process.ts';
import { createWorld } from './world.ts';

const kibibyte = 1024;

/** What the process has in memory, in mebibytes, after its garbage was collected. */
const measureMemory = async (service: ServiceProcess): Promise<number> => {
  await wait(500);
  return (await service.measureMemory()) / kibibyte / kibibyte;
};

/** One line of the table; nothing but an answer or a refusal that can be repeated may have been given. */
const tellLoad = (what: string, { answers, latencies, seconds }: Load): void => {
  const sorted = latencies.toSorted((one, other) => one - other);
  const at = (share: number): string =>
    `${Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)}`.padStart(6);
  const rate = (sorted.length / seconds).toFixed(0).padStart(6);
  tell(`${what.padEnd(16)} ${rate} ${at(0.5)} ${at(0.9)} ${at(0.99)} ${at(1)}  ${JSON.stringify(answers)}`);
  expect(Object.keys(answers).filter((answer) => !['202', '429', '503'].includes(answer))).toEqual([]);
};

test('under a ramp and a steady load nothing is lost, refusals can be repeated, and memory stays flat', async () => {
  const world = await createWorld({ providers: ['embedded'], environment: { TU_ESIGN_UNFINISHED_SIGNINGS: '400' } });
  const service = await recover(world, { parameters: ['--expose-gc'] });
  await world.upload(service);
  const startedAt = performance.now();
  tell('load             acts/s    p50    p90    p99    max  answers');
  for (const signatories of [1, 4, 16, 32]) {
    const load = await startLoad(world, [service], { signatories }).after(extent(1_000, 8_000));
    tellLoad(`ramp, ${signatories} at once`, load);
  }
  const refused = world.ledger.dropRefused();
  const ended = await settle(world, { url: service.url });
  const perSecond = (ended.length * 1000) / (performance.now() - startedAt);
  tell(`saturated: ${perSecond.toFixed(0)} signings/s from post to webhook, ${refused} posts refused for now`);

  // Below what it can do, so that what grows is not the queue.
  const steady = { signatories: 4, pauseMs: (4 / 0.7 / perSecond) * 1000 };
  const memory: number[] = [];
  for (let third = 1; third <= 3; third += 1) {
    tellLoad(`steady, part ${third}`, await startLoad(world, [service], steady).after(extent(4_000, 100_000)));
    await settle(world, { url: service.url });
    memory.push(await measureMemory(service));
  }
  tell(`memory after each part: ${memory.map((mebibytes) => `${mebibytes.toFixed(0)} MiB`).join(', ')}`);
  world.ledger.dropRefused();
  const verdict = await judge(world, { url: service.url, every: 50 });
  tell(`load: ${JSON.stringify(verdict)}`);
  expectCompleted(verdict);
  expect(memory[2]! - memory[0]!).toBeLessThan(memory[0]! * 0.25);
  await world.remove();
});
