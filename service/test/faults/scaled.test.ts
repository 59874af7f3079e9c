import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { extent, spread, tell } from './extent.ts';
import { killInTurn } from './kill-in-turn.ts';
import { watching } from './kills.ts';
import { recover } from './recover.ts';
import { startLoad } from './load.ts';
import { expectCompleted, judge, settle } from './oracle.ts';
import type { Place } from './plan.ts';
import type { ServiceProcess } from './service-process.ts';
import { until } from '../until.ts';
import { actAtAll, withTwo } from './scaled-world.ts';

test.concurrent(
  'killed at places of a signing, an instance leaves it to the other, which ends it',
  withTwo(({ world }, instances) => killInTurn(world, instances, extent(3, 20))),
);

/** Whether or not it has come to its place by now, an instance goes on, and stands still no more. */
const thaw = async (instance: ServiceProcess): Promise<void> => {
  instance.follow(watching);
  const answered = instance.listPassed().then(() => true);
  while (!(await Promise.race([answered, wait(50)]))) if (instance.isFrozen()) await instance.signal('SIGCONT');
};

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
        let answered = false;
        void acts.then(() => (answered = true));
        await until('one that stands still, or has answered all', () => one.isFrozen() || answered || undefined, world);
        await settle(world, { url: two.url });
        await thaw(one);
        await acts;
      }
      const verdict = await judge(world, { url: one.url, killed: true });
      tell(`frozen beyond the lease, ${place.side} ${place.point}: ${JSON.stringify(verdict)}`);
    })(),
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
    const verdict = await judge(world, { url: instances[0].url });
    tell(`rolling restart: answers ${JSON.stringify(answers)}, ${JSON.stringify(verdict)}`);
    const losses = world.ledger.acts.flatMap((act) => act.losses).join('\n');
    expect(
      Object.keys(answers).filter((answer) => !['200', '202', '503'].includes(answer)),
      losses,
    ).toEqual([]);
    expectCompleted(verdict);
  }),
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
          await settle(world, { url: two.url });
        }
        expect(works()).toBe(true);
        const verdict = await judge(world, { url: two.url, sample: 0 });
        tell(`one clock ${shiftMs} ms off: ${JSON.stringify(verdict)}`);
        expectCompleted(verdict);
      },
      { offMs: shiftMs },
    )(),
);
