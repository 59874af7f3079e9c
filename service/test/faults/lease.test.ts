import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { tell } from './extent.ts';
import { judge, settle } from './oracle.ts';
import { actAtAll, withTwo } from './scaled-world.ts';

test.concurrent(
  'a step that takes longer than a lease renews it: nobody else takes it, and the provider is asked once',
  withTwo(
    async ({ world }, [one]) => {
      const acts = await actAtAll(world, one);
      const verdict = await judge(world, { url: one.url });
      tell(`slower than a lease: ${JSON.stringify(verdict)}`);
      expect(verdict).toEqual({ completed: acts.length });
      expect(acts.map(({ id }) => world.provider.askedFor(id!))).toEqual(acts.map(() => 1));
    },
    { providers: ['none-slower-than-a-lease', 'key-slower-than-a-lease'] },
  ),
);

test.concurrent(
  'an instance that stood still before it asked a provider, for longer than its lease, asks it no more',
  withTwo(
    async ({ world }, [one, two]) => {
      one.follow({ point: 'request provider', nth: 1, side: 'before', act: 'freeze' });
      // Either instance may take a step: until the first has come to one.
      let answered = 0;
      for (let round = 0; round < 20 && !one.isFrozen(); round += 1) {
        const acts = actAtAll(world, two, 3);
        await acts;
        answered += 1;
        await Promise.race([wait(3_000), until('one that stands still', () => one.isFrozen() || undefined, world)]);
      }
      expect([one.isFrozen(), answered > 0]).toEqual([true, true]);
      await settle(world, { url: two.url });
      await one.signal('SIGCONT');
      // It does what is left of its step, if it does anything.
      await one.listPassed();
      const verdict = await judge(world, { url: one.url, killed: true });
      tell(`frozen before a request: ${JSON.stringify(verdict)}`);
    },
    { providers: ['lookup-well', 'none-well'] },
  ),
);
