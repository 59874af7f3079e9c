import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { s3Environment, startS3, type S3Server } from '../s3-server.ts';
import { extent, spread, tell } from './extent.ts';
import { recover, toPlaces, watching } from './kills.ts';
import { startLoad } from './load.ts';
import { judge, settle } from './oracle.ts';
import type { Place } from './plan.ts';
import type { ServiceProcess } from './service-process.ts';
import { createWorld, type World } from './world.ts';

/** By when another instance has finished what one has left, in milliseconds. */
const takeOverMs = 60_000;

interface Scaled {
  world: World;
  postgres: PostgresServer;
  s3: S3Server;
  remove(): Promise<void>;
}

const createScaledWorld = async (providers: string[]): Promise<Scaled> => {
  const [postgres, s3] = await Promise.all([startPostgres(), startS3()]);
  const environment = {
    ...s3Environment,
    TU_ESIGN_DATABASE_URL: postgres.address,
    TU_ESIGN_FILES: s3.address(),
    // More than the pause between two checks of the balancer's, on a machine that is busy too.
    TU_ESIGN_DRAIN_SECONDS: '3',
  };
  const world = await createWorld({ providers, environment });
  return {
    world,
    postgres,
    s3,
    async remove() {
      await world.remove();
      await postgres.remove();
      await s3.remove();
    },
  };
};

const hosts = ['key-well', 'lookup-well', 'none-well', 'embedded'];

/** Two instances, and all that they share, for one scenario. */
const withTwo = (scenario: (scaled: Scaled, instances: Instances) => Promise<void>) => async () => {
  const scaled = await createScaledWorld(hosts);
  try {
    const instances: Instances = [await recover(scaled.world), await recover(scaled.world)];
    await scaled.world.upload(instances[0]);
    await scenario(scaled, instances);
  } finally {
    await scaled.remove();
  }
};
type Instances = [ServiceProcess, ServiceProcess];

const actAtAll = (world: World, { url }: ServiceProcess) =>
  Promise.all(hosts.map((host) => world.ledger.act(url, host)));

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
  extent(240_000, 1_200_000),
);

/** Before what is done there, an instance stands still for longer than its lease. */
const freezes: Place[] = [
  { point: 'postgres commit', nth: 1, side: 'after' },
  { point: 'request storage', nth: 1, side: 'before' },
  { point: 'answer of provider', nth: 1, side: 'before' },
  { point: 'request storage', nth: 2, side: 'after' },
  { point: 'postgres update signings', nth: 3, side: 'before' },
];

test.concurrent(
  'an instance that stood still for longer than its lease does nothing that another has done',
  withTwo(async ({ world }, [one, two]) => {
    for (const place of spread(freezes, extent(1, freezes.length))) {
      one.follow({ ...place, act: 'freeze' });
      // What stands still answers nobody.
      const acts = actAtAll(world, one);
      await Promise.race([acts, wait(3_000)]);
      await settle(world, { url: two.url, withinMs: takeOverMs });
      await one.signal('SIGCONT');
      await acts;
    }
    const verdict = await judge(world, { url: one.url, killed: true, withinMs: takeOverMs });
    tell(`frozen beyond the lease: ${JSON.stringify(verdict)}`);
  }),
  extent(180_000, 600_000),
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
  extent(120_000, 240_000),
);

test.concurrent(
  'a database that crashes and comes back under load loses nothing that was accepted',
  withTwo(async ({ world, postgres }, [one, two]) => {
    for (let round = 0; round < extent(1, 8); round += 1) {
      const before = actAtAll(world, one);
      await wait(200 * round);
      await postgres.stop('immediate');
      await before;
      const during = await actAtAll(world, two);
      expect(new Set(during.flatMap(({ answers }) => answers))).toEqual(new Set([503]));
      await postgres.start();
    }
    const verdict = await judge(world, { url: two.url, killed: true, withinMs: takeOverMs * 2 });
    tell(`PostgreSQL crashed: ${JSON.stringify(verdict)}`);
    expect([one.hasEnded(), two.hasEnded()]).toEqual([false, false]);
  }),
  extent(180_000, 600_000),
);

test.concurrent.each(['refuse', 'lose-answers'] as const)(
  'storage that does this to writes loses nothing that was accepted: %s',
  (behaviour) =>
    withTwo(async ({ world, s3 }, [one, two]) => {
      for (let round = 0; round < extent(1, 10); round += 1) {
        s3.behave(behaviour);
        await Promise.all([actAtAll(world, one), actAtAll(world, two)]);
        await wait(1_000);
        s3.behave('keep');
      }
      const verdict = await judge(world, { url: one.url, killed: true, withinMs: takeOverMs });
      tell(`S3, ${behaviour}: ${JSON.stringify(verdict)}`);
    })(),
  extent(120_000, 300_000),
);
