import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choose, extent, isLong, tell } from './extent.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import type { Plan } from './plan.ts';
import type { ServiceProcess } from './service-process.ts';
import { createWorld, type World } from './world.ts';

const hosts = ['key-well', 'lookup-well', 'embedded'];

let world: World;
beforeEach(async () => {
  world = await createWorld({ providers: hosts });
});
afterEach(() => world.remove());

/** Writes that may fail, each with the error of a disk that is broken and of one that is full. */
const failures = ['file open', 'file write', 'file sync', 'file rename', 'sqlite begin', 'sqlite insert evidence']
  .concat('sqlite insert signings', 'sqlite update signings', 'sqlite insert deliveries', 'sqlite commit')
  .flatMap((point) => (['before', 'after'] as const).map((side) => ({ point, side })))
  // What is open, or has begun, has not failed to.
  .filter(({ point, side }) => side === 'before' || !/open|begin/.test(point))
  .flatMap((place) => (['EIO', 'ENOSPC'] as const).map((act) => ({ place, act })));

const restart = async (service: ServiceProcess): Promise<ServiceProcess> => {
  await service.signal('SIGTERM');
  return recover(world);
};

test('a write that fails loses nothing that was accepted', async () => {
  const service = await recover(world);
  await world.upload(service);
  const answers = new Map<string, number>();
  for (const { place, act } of Array.from({ length: extent(1, 3) }, () => choose(failures, 12)).flat()) {
    const plan: Plan = { ...place, act, nth: 1 + (world.ledger.acts.length % 4), times: 2 };
    service.follow(plan);
    const acts = await Promise.all(hosts.map((host) => world.ledger.act(service.url, host)));
    expect(service.hasEnded(), `${JSON.stringify(plan)}: ${service.complaints.join('\n')}`).toBe(false);
    for (const answer of acts.flatMap((act) => act.answers.map(String)))
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  expect(service.hasEnded()).toBe(false);
  // What could not even be put off is taken up when its lease ends, or at the next start, which is sooner.
  const { url } = isLong ? service : await restart(service);
  const verdict = await judge(world, { url });
  tell(`writes that fail: answers ${JSON.stringify(Object.fromEntries(answers))}, ${JSON.stringify(verdict)}`);
});

const isRoot = process.getuid!() === 0;
if (!isRoot) tell('the full disk is left out: only root may mount a small one');

/** What all rounds keep, and SQLite's log until it is written back (4 MB), in megabytes. */
const diskMegabytes = extent(6, 14);

/** A disk of a few megabytes, on which something else takes all the room there is, until it is removed. */
const mountSmallDisk = (path: string) => {
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=0700`, 'tmpfs', path]);
  if (mounted.status !== 0) throw new Error(`no disk could be mounted: ${mounted.stderr.toString()}`);
  const ballast = join(path, 'ballast');
  return {
    fill: () => {
      for (let size = 4_194_304; size >= 4096; size >>= 1)
        for (let at = 0, full = false; !full; at += 1) full = !isWritten(`${ballast}-${size}-${at}`, size);
    },
    clear: () => spawnSync('sh', ['-c', `rm -f ${ballast}-*`]),
    // Whoever still runs on it, after a failure, is ended later.
    unmount: () => spawnSync('umount', ['--lazy', path]),
  };
};

const isWritten = (path: string, size: number): boolean => {
  try {
    writeFileSync(path, Buffer.alloc(size), { flag: 'wx' });
    return true;
  } catch {
    rmSync(path, { force: true });
    return false;
  }
};

/** It starts, or says what to do; nothing else is of use to who sees it. */
const startOnFullDisk = async (disk: ReturnType<typeof mountSmallDisk>): Promise<void> => {
  await Promise.all(world.processes.filter((one) => !one.hasEnded()).map((one) => one.signal('SIGTERM')));
  disk.fill();
  const started = await world.start();
  tell(`a start on a full disk: ${started.hasEnded() ? started.complaints.join(' ') : 'it runs'}`);
  if (started.hasEnded()) expect(started.complaints.join('\n')).toMatch(/disk is full.*make room, and start again/);
  else await started.signal('SIGTERM');
  disk.clear();
};

test.runIf(isRoot)(
  'a disk that is full refuses what it cannot keep, and goes on when there is room again',
  async () => {
    const disk = mountSmallDisk(join(world.folder.path, 'data'));
    try {
      const service = await recover(world);
      await world.upload(service);
      for (let round = 0; round < extent(2, 6); round += 1) {
        const early = hosts.map((host) => world.ledger.act(service.url, host));
        // In the middle of the work on what was accepted.
        await Promise.race(early);
        disk.fill();
        await Promise.all(early);
        const late = await Promise.all(hosts.map((host) => world.ledger.act(service.url, host)));
        expect(late.flatMap(({ answers }) => answers)).toContain(503);
        const ready = await fetch(`${service.url}/health/ready`);
        expect(await ready.json()).toMatchObject({ notReady: expect.arrayContaining(['disk-full']) });
        disk.clear();
      }
      const told = service.lines.filter((line) => line.includes('"the disk is full'));
      expect(told.length).toBeLessThanOrEqual(extent(2, 6));
      await startOnFullDisk(disk);
      const { url } = await recover(world);
      const verdict = await judge(world, { url });
      const answers = world.ledger.acts.map((act) => act.answers.join('+')).join(' ');
      tell(`full disk: answers ${answers}, ${JSON.stringify(verdict)}`);
    } finally {
      disk.unmount();
    }
  },
);
