import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atMost, extent, spread, tell } from './extent.ts';
import { recover, toPlaces, watching } from './kills.ts';
import { startLoad } from './load.ts';
import { judge, settle } from './oracle.ts';
import type { Place } from './plan.ts';
import { actAtAll, takeOverMs, withTwo, type Instances } from './scaled-world.ts';
import type { World } from './world.ts';

/** Has signatories act until an instance has ended at a place: the other one may do the work that leads there. */
const actUntilOneEnds = async (world: World, [one, two]: Instances, place: Place): Promise<void> => {
  one.follow({ ...place, act: 'kill' });
  for (let round = 0; round < 20 && !one.hasEnded(); round += 1) {
    await actAtAll(world, one);
    await Promise.race([one.ended, settle(world, { url: two.url, withinMs: takeOverMs })]);
  }
};

test.concurrent(
  'killed at places of a signing, an instance leaves it to the other, which ends it within a minute',
  withTwo(async ({ world }, instances) => {
    let [one, two] = instances;
    one.follow(watching);
    await actAtAll(world, one);
    await settle(world, one);
    const places = spread(toPlaces(await one.listPassed()), extent(3, 20));
    for (const place of places) {
      await actUntilOneEnds(world, [one, two], place);
      await judge(world, { url: two.url, killed: true, withinMs: takeOverMs, sample: 0 });
      if (one.hasEnded()) one = await recover(world);
      [one, two] = [two, one];
    }
    const verdict = await judge(world, { url: two.url, killed: true, withinMs: takeOverMs });
    const kills = world.processes.filter((process) => process.wasKilled()).length;
    tell(`PostgreSQL, pg-boss and S3: ${kills} kills, ${JSON.stringify(verdict)}`);
    expect(kills).toBe(places.length);
  }),
  atMost(240_000, 1_200_000),
);

/** Before what is done there, an instance stands still for longer than its lease. */
const freezes: Place[] = [
  { point: 'postgres commit', nth: 1, side: 'after' },
  { point: 'postgres commit', nth: 6, side: 'before' },
  { point: 'request storage', nth: 1, side: 'before' },
  { point: 'answer of provider', nth: 1, side: 'before' },
  { point: 'request storage', nth: 2, side: 'after' },
  { point: 'postgres update signings', nth: 3, side: 'before' },
];

// Each in a world of its own: a lease is waited for every time.
test.concurrent.each(spread(freezes, extent(2, freezes.length)))(
  'an instance that stood still for longer than its lease does nothing that another has done: $side $point $nth',
  (place) =>
    withTwo(async ({ world }, [one, two]) => {
      for (let round = 0; round < extent(1, 20); round += 1) {
        one.follow({ ...place, act: 'freeze' });
        // What stands still answers nobody.
        const acts = actAtAll(world, one, 3);
        await Promise.race([acts, wait(3_000)]);
        await settle(world, { url: two.url, withinMs: takeOverMs });
        await one.signal('SIGCONT');
        await acts;
      }
      const verdict = await judge(world, { url: one.url, killed: true, withinMs: takeOverMs });
      tell(`frozen beyond the lease, ${place.side} ${place.point}: ${JSON.stringify(verdict)}`);
    })(),
  atMost(180_000, 2_400_000),
);

test.concurrent(
  'instances that are replaced one by one under load fail no request but with a 503 to be repeated',
  withTwo(async ({ world }, instances) => {
    const load = startLoad(world, instances, { signatories: 4 });
    for (const at of [0, 1]) {
      await wait(1_000);
      const replaced = instances[at]!;
      await replaced.signal('SIGTERM');
      expect((await replaced.ended).code, replaced.complaints.join('\n')).toBe(0);
      instances[at] = await recover(world);
    }
    await wait(1_000);
    const { answers } = await load.stop();
    const verdict = await judge(world, { url: instances[0].url, withinMs: takeOverMs });
    tell(`rolling restart: answers ${JSON.stringify(answers)}, ${JSON.stringify(verdict)}`);
    const losses = world.ledger.acts.flatMap((act) => act.losses).join('\n');
    expect(
      Object.keys(answers).filter((answer) => !['200', '202', '503'].includes(answer)),
      losses,
    ).toEqual([]);
    expect(Object.keys(verdict)).toEqual(['completed']);
  }),
  atMost(120_000, 240_000),
);

const hourMs = 3_600_000;

test.concurrent.each([-hourMs, hourMs])(
  'an instance whose clock is %i ms off does its part, and harms nothing',
  (shiftMs) =>
    withTwo(
      async ({ world }, [one, two]) => {
        const beginsAt = one.lines.length;
        const works = () => one.lines.slice(beginsAt).some((line) => line.includes('"a step ended"'));
        // The hosts' tokens are not for its time, but it works; the other one may be quicker.
        for (let round = 0; round < extent(1, 10) || (!works() && round < 20); round += 1) {
          await actAtAll(world, two, 3);
          await settle(world, { url: two.url, withinMs: takeOverMs });
        }
        expect(works()).toBe(true);
        const verdict = await judge(world, { url: two.url, withinMs: takeOverMs, sample: 0 });
        tell(`one clock ${shiftMs} ms off: ${JSON.stringify(verdict)}`);
        expect(Object.keys(verdict)).toEqual(['completed']);
      },
      { offMs: shiftMs },
    )(),
  atMost(120_000, 300_000),
);
