import { expect } from 'vitest';
import { spread, tell } from './extent.ts';
import { toPlaces, watching } from './kills.ts';
import { recover } from './recover.ts';
import { judge, settle } from './oracle.ts';
import type { Place } from './plan.ts';
import { actAtAll, type Instances } from './scaled-world.ts';
import type { World } from './world.ts';

/** Has signatories act until an instance has ended at a place: the other one may do the work that leads there. */
const actUntilOneEnds = async (world: World, [one, two]: Instances, place: Place): Promise<void> => {
  one.follow({ ...place, act: 'kill' });
  for (let round = 0; round < 20 && !one.hasEnded(); round += 1) {
    await actAtAll(world, one);
    await Promise.race([one.ended, settle(world, { url: two.url })]);
  }
};

/** Kills one of two instances, then the other, and so on, at so many places of a signing; what it was at is ended by the other. */
export const killInTurn = async (world: World, [first, second]: Instances, count: number): Promise<void> => {
  let [one, two] = [first, second];
  one.follow(watching);
  await actAtAll(world, one);
  await settle(world, one);
  const places = spread(toPlaces(await one.listPassed()), count);
  for (const place of places) {
    await actUntilOneEnds(world, [one, two], place);
    await judge(world, { url: two.url, killed: true, sample: 0 });
    if (one.hasEnded()) one = await recover(world);
    [one, two] = [two, one];
  }
  const verdict = await judge(world, { url: two.url, killed: true });
  const kills = world.processes.filter((process) => process.wasKilled()).length;
  tell(`PostgreSQL, pg-boss and S3: ${kills} kills, ${JSON.stringify(verdict)}`);
  expect(kills).toBe(places.length);
};
