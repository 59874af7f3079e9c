import { afterEach, beforeEach, expect, test } from 'vitest';
import { extent, tell } from './extent.ts';
import { plantFirstRelease } from './earlier-release.ts';
import { recover } from './recover.ts';
import { expectCompleted, judge } from './oracle.ts';
import { createWorld, type World } from './world.ts';

const hosts = ['key-well', 'lookup-well', 'none-well', 'embedded'];
const hourMs = 3_600_000;

let world: World;
beforeEach(async () => {
  world = await createWorld({ providers: hosts });
});
afterEach(() => world.remove());

const actAtAll = (url: string) => Promise.all(hosts.map((host) => world.ledger.act(url, host)));

/** Nobody stamps times from before there was an authority: it is made earlier than any clock will be. */
const makeEarlierAuthority = async (): Promise<void> => {
  const earlier = await world.start({ orders: [{ shiftMs: -2 * hourMs }] });
  await earlier.signal('SIGTERM');
};

/** Those of hosts and provider. */
const setOtherClocks = (shiftMs: number): void => {
  world.ledger.clock.shiftMs = shiftMs;
  world.provider.clock.shiftMs = shiftMs;
};

test.each([-hourMs, hourMs])('a clock that is set by %i ms stalls and breaks nothing', async (shiftMs) => {
  await makeEarlierAuthority();
  const service = await recover(world);
  await world.upload(service);
  await actAtAll(service.url);
  await service.shiftClock(shiftMs);
  setOtherClocks(shiftMs);
  await actAtAll(service.url);
  const verdict = await judge(world, { url: service.url });
  expectCompleted(verdict);
});

test('a clock from before the authority began stalls all until it is right, and sends nothing to review', async () => {
  const service = await recover(world);
  await world.upload(service);
  const early = hosts.map((host) => world.ledger.act(service.url, host));
  await service.shiftClock(-hourMs);
  await Promise.all(early);
  const late = await actAtAll(service.url);
  expect(new Set(late.flatMap(({ answers }) => answers))).toEqual(new Set([503]));
  expect(await (await fetch(`${service.url}/health/ready`)).json()).toEqual({ notReady: ['clock'] });
  await service.shiftClock(0);
  const verdict = await judge(world, { url: service.url });
  expectCompleted(verdict);
  const tooEarly = await world.start({ orders: [{ shiftMs: -hourMs }] });
  expect(tooEarly.complaints.join('\n')).toMatch(
    /^the clock of this machine says .*: set the clock right, and start again$/,
  );
});

test('a start with a clock that was set back takes up what was left', async () => {
  await makeEarlierAuthority();
  const first = await recover(world);
  await world.upload(first);
  first.follow({ point: 'file rename', nth: 1, side: 'before', act: 'kill' });
  await actAtAll(first.url);
  await first.ended;
  const second = await world.start({ orders: [{ shiftMs: -hourMs }] });
  setOtherClocks(-hourMs);
  await judge(world, { url: second.url, killed: true });
});

test('a second process on one folder is refused, and harms nobody', async () => {
  const first = await recover(world);
  await world.upload(first);
  const second = await world.start();
  expect((await second.ended).code).toBe(1);
  expect(second.complaints.join('\n')).toContain('is in use by another process');
  await actAtAll(first.url);
  expectCompleted(await judge(world, { url: first.url }));
});

test('a stop in the middle of work leaves nothing unclear', async () => {
  let service = await recover(world);
  await world.upload(service);
  for (let round = 0; round < extent(2, 20); round += 1) {
    const acts = Array.from({ length: 3 }, () => actAtAll(service.url));
    await acts[0];
    await service.signal('SIGTERM');
    expect((await service.ended).code, service.complaints.join('\n')).toBe(0);
    await Promise.all(acts);
    service = await recover(world);
  }
  // Not killed: even where nobody can be asked, everything is known.
  const verdict = await judge(world, { url: service.url });
  tell(`stopped in mid work: ${JSON.stringify(verdict)}`);
  expectCompleted(verdict);
});

test('what the first release left is taken up in every state', async () => {
  const later = await createWorld({ providers: ['embedded'], tells: false });
  later.ledger.acts.push(...plantFirstRelease(later));
  const { url } = await recover(later);
  // Its certificates have run out, and its authority's key is not here.
  expect(await judge(later, { url, sample: 0 })).toEqual({ completed: 5 });
  await later.remove();
});
