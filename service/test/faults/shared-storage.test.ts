import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { query, startPostgres } from '../postgres-server.ts';
import { extent, tell } from './extent.ts';
import { judge } from './oracle.ts';
import { actAtAll, withTwo } from './scaled-world.ts';

test.concurrent('a database that crashes and comes back under load loses nothing that was accepted', async () => {
  const postgres = await startPostgres();
  const crash = withTwo(
    async ({ world }, [one, two]) => {
      for (let round = 0; round < extent(2, 10); round += 1) {
        const before = actAtAll(world, one);
        await wait(200 * round);
        await postgres.stop('immediate');
        await before;
        const during = await actAtAll(world, two);
        expect(new Set(during.flatMap(({ answers }) => answers))).toEqual(new Set([503]));
        await postgres.start();
      }
      const verdict = await judge(world, { url: two.url, killed: true });
      tell(`PostgreSQL crashed: ${JSON.stringify(verdict)}`);
      expect([one.hasEnded(), two.hasEnded()]).toEqual([false, false]);
    },
    { database: postgres.address },
  );
  await crash().finally(() => postgres.remove());
});

/** Holds the signings for itself, so that nobody else reads or writes them. */
const lockSignings = async (database: string): Promise<() => Promise<void>> => {
  const client = new Client({ connectionString: database });
  await client.connect();
  await client.query('begin');
  await client.query('lock table signings in access exclusive mode');
  return () => client.end();
};

test.concurrent(
  'a database that is locked for a while, and refuses writes for a while, loses nothing that was accepted',
  withTwo(async ({ world, database }, [one, two]) => {
    const server = inject('postgres');
    const name = new URL(database).pathname.slice(1);
    const forbidWrites = async (setting: 'on' | 'off'): Promise<void> => {
      await query(server, `alter database ${name} set default_transaction_read_only = ${setting}`);
      // Connections keep the setting that they began with.
      await query(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    };
    for (let round = 0; round < extent(2, 10); round += 1) {
      const unlock = await lockSignings(database);
      const locked = [actAtAll(world, one), actAtAll(world, two)];
      await wait(2_000);
      await unlock();
      await Promise.all(locked);

      const before = actAtAll(world, one);
      await forbidWrites('on');
      await before;
      const during = await actAtAll(world, two);
      expect(new Set(during.flatMap(({ answers }) => answers))).toEqual(new Set([503]));
      await forbidWrites('off');
    }
    const verdict = await judge(world, { url: one.url, killed: true });
    tell(`PostgreSQL locked and read-only: ${JSON.stringify(verdict)}`);
    expect([one.hasEnded(), two.hasEnded()]).toEqual([false, false]);
  }),
);

test.concurrent.each(['refuse', 'lose-answers'] as const)(
  'storage that does this to writes loses nothing that was accepted: %s',
  (behaviour) =>
    withTwo(async ({ world, s3 }, [one, two]) => {
      for (let round = 0; round < extent(3, 20); round += 1) {
        s3.behave(behaviour);
        await Promise.all([actAtAll(world, one), actAtAll(world, two)]);
        await wait(500);
        s3.behave('keep');
      }
      const verdict = await judge(world, { url: one.url, killed: true });
      tell(`S3, ${behaviour}: ${JSON.stringify(verdict)}`);
    })(),
);
