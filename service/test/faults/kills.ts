import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../until.ts';
import { pick, tell, type Random } from './extent.ts';
import { settle } from './oracle.ts';
import type { Place, Plan } from './plan.ts';
import { recover } from './recover.ts';
import type { ServiceProcess } from './service-process.ts';
import type { World } from './world.ts';

/** Far away: points are recorded, and nothing happens. */
export const watching: Plan = { nth: Number.MAX_SAFE_INTEGER, side: 'before', act: 'kill' };

const sides = ['before', 'after'] as const;

/** The names of points that were passed, as places before and after each. */
export const toPlaces = (passed: readonly string[]): Place[] => {
  const counts = new Map<string, number>();
  return passed.flatMap((point) => {
    const nth = (counts.get(point) ?? 0) + 1;
    counts.set(point, nth);
    return sides.map((side) => ({ point, nth, side }));
  });
};

/** Every place that one signing comes to, from the post to the host's last answer. */
export const recordPlaces = async (world: World, host: string): Promise<Place[]> => {
  const service = await world.start();
  await world.ledger.upload(service.url, host);
  service.follow(watching);
  await world.ledger.act(service.url, host);
  await settle(world, service);
  const passed = await service.listPassed();
  await service.signal('SIGTERM');
  return toPlaces(passed);
};

const countPassed = async (service: ServiceProcess): Promise<number> =>
  (await Promise.race([service.ended.then(() => []), service.listPassed()])).length;

/** Whether it ends by itself, for as long as it comes to further points: what has ended for all outside has still books to keep. */
export const endsByItself = async (service: ServiceProcess): Promise<boolean> => {
  for (let before = -1, passed = 0; passed > before && !service.hasEnded();) {
    before = passed;
    await Promise.race([service.ended, wait(500)]);
    passed = await countPassed(service);
  }
  return service.hasEnded();
};

/**
 * A service that goes on, after a place at which a process was to end: one that has not come to it by now is let be, and
 * does not end later, while somebody speaks to it.
 */
export const goOn = async (world: World, service: ServiceProcess): Promise<ServiceProcess> => {
  if (!(await endsByItself(service))) {
    service.follow(watching);
    await countPassed(service);
  }
  return service.hasEnded() ? recover(world) : service;
};

/** Says how many processes were killed, and expects that most places were come to. */
export const expectKills = ({ processes }: World, what: string, places: readonly Place[]): void => {
  const kills = processes.filter((process) => process.wasKilled()).length;
  tell(`${what}: ${kills} kills at ${places.length} places`);
  expect(kills).toBeGreaterThan(places.length / 2);
};

const untilEnded = (service: ServiceProcess, error: unknown): Promise<true> =>
  until('the end of the process', () => service.hasEnded() || undefined, { log: () => String(error) });

/** Waits until the latest acts have ended; those before them had. */
const settleLatest = (world: World, service: ServiceProcess, count: number): Promise<unknown> => {
  const acts = world.ledger.acts.slice(-count);
  return settle({ ...world, ledger: { ...world.ledger, acts } }, service);
};

export interface KillOptions {
  host: string;
  place: Place;
  /** Who act at once: the more, the more is under way at the place. */
  signatories: number;
}

/**
 * Has signatories act, and the process end at a place on the way.
 * @returns the process that runs afterwards, when all has ended
 */
export const actAndKill = async (
  world: World,
  service: ServiceProcess,
  { host, place, signatories }: KillOptions,
): Promise<ServiceProcess> => {
  service.follow({ ...place, act: 'kill' });
  await Promise.all(Array.from({ length: signatories }, () => world.ledger.act(service.url, host)));
  const settled = settleLatest(world, service, signatories);
  // Who is spoken to when it ends is told so a little before it has ended.
  await Promise.race([service.ended, settled]).catch((error) => untilEnded(service, error));
  const recovered = await goOn(world, service);
  if (recovered === service) return service;
  await settleLatest(world, recovered, signatories);
  return recovered;
};

/** Several signatories act at once, while processes end at any place, as early as in their start. */
export const actUntilKilled = async (
  world: World,
  { random, rounds }: { random: Random; rounds: number },
): Promise<void> => {
  const first = await recover(world);
  await world.upload(first);
  await first.signal('SIGKILL');
  for (let round = 0; round < rounds; round += 1) {
    const nth = 1 + Math.floor(random() * 400);
    const service = await world.start({ orders: [{ plan: { nth, side: pick(random, sides), act: 'kill' } }] });
    if (service.hasEnded()) continue;
    await Promise.all(Array.from({ length: 6 }, () => world.ledger.act(service.url, pick(random, world.hosts))));
    await Promise.race([service.ended, wait(random() * 2_000)]);
    await service.signal('SIGKILL');
  }
};

const folderOf = (world: World, name: string) => ({ TU_ESIGN_DATA: join(world.folder.path, name) });

/** Every place that a first start comes to. */
export const recordStart = async (world: World): Promise<Place[]> => {
  const service = await world.start({ orders: [{ plan: watching }], environment: folderOf(world, 'recorded') });
  const passed = await service.listPassed();
  await service.signal('SIGTERM');
  return toPlaces(passed);
};

/** A first start that ends at a place, and a second one on the same folder. */
export const startAndKill = async (world: World, place: Place): Promise<void> => {
  const environment = folderOf(world, `${place.point} ${place.nth} ${place.side}`);
  const killed = await world.start({ orders: [{ plan: { ...place, act: 'kill' } }], environment });
  expect(killed.wasKilled()).toBe(true);
  const second = await world.start({ environment });
  expect(second.hasEnded(), `${place.point}: ${second.complaints.join('\n')}`).toBe(false);
  await second.signal('SIGTERM');
};
