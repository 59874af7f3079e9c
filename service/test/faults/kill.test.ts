import { afterAll, describe, expect, test } from 'vitest';
import { choose, createRandom, extent, seed, tell } from './extent.ts';
import { actAndKill, actUntilKilled, recordPlaces, recordStart, startAndKill } from './kills.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import { createWorld, type World } from './world.ts';

const hosts = ['key-well', 'lookup-well', 'none-well', 'embedded'];

/** What a process takes of the processor to be there again, in milliseconds: how long that is, others decide as well. */
const recoveryMs = 5_000;

let kills = 0;
afterAll(() => tell(`embedded: ${kills} kills in all, seed ${seed}`));

/** Counts the kills, and expects that starts took little: the middle one. */
const count = ({ processes }: World, what: string, verdict: object): number => {
  const killed = processes.filter(({ wasKilled }) => wasKilled()).length;
  const starts = processes.map(({ startMs }) => startMs).sort((one, other) => one - other);
  const middle = starts[starts.length >> 1]!;
  tell(`${what}: ${killed} kills, ${JSON.stringify(verdict)}, starts take ${middle} ms, at most ${starts.at(-1)} ms`);
  expect(middle).toBeLessThan(recoveryMs);
  kills += killed;
  return killed;
};

describe.concurrent('killed', () => {
  test.each(hosts)('at places of a signing, all of %s ends as it must', async (host) => {
    const world = await createWorld({ providers: [host] });
    const recorded = await recordPlaces(world, host);
    const places = choose(recorded, 12);
    let service = await recover(world);
    for (let signatories = 1; signatories <= extent(1, 2); signatories += 1)
      for (const place of places) service = await actAndKill(world, service, { host, place, signatories });
    const verdict = await judge(world, { url: service.url, killed: true });
    const killed = count(world, `${host}, ${recorded.length} places`, verdict);
    expect(killed).toBeGreaterThan(places.length * extent(1, 2) * 0.8);
    await world.remove();
  });
});

test('killed at random under load, in recovery too, all ends as it must', async () => {
  const world = await createWorld({ providers: hosts });
  const random = createRandom(seed);
  await actUntilKilled(world, { random, rounds: extent(6, 100) });
  const { url } = await recover(world);
  const verdict = await judge(world, { url, killed: true });
  expect(count(world, 'under load', verdict)).toBeGreaterThan(0);
  await world.remove();
});

test('killed at places of the first start, it starts as if for the first time', async () => {
  const world = await createWorld();
  const places = choose(await recordStart(world), 6);
  for (const place of places) await startAndKill(world, place);
  const { url } = await recover(world);
  await world.ledger.upload(url, 'key-well');
  await world.ledger.act(url, 'key-well');
  expect(count(world, 'first start', await judge(world, { url }))).toBe(places.length);
  await world.remove();
});
