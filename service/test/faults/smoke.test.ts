import { expect, test } from 'vitest';
import { spread, tell } from './extent.ts';
import { actAndKill, recordPlaces } from './kills.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import { createWorld } from './world.ts';

/** The few kills of `npm test`: at most ten. The files beside this one do the same and more, at many more places. */

test.concurrent('killed at places of a signing, the embedded service ends it as it must', async () => {
  const host = 'none-well';
  const world = await createWorld({ providers: [host] });
  const places = spread(await recordPlaces(world, host), 4);
  let service = await recover(world);
  for (const place of places) service = await actAndKill(world, service, { host, place, signatories: 1 });
  const verdict = await judge(world, { url: service.url, killed: true });
  const kills = world.processes.filter((process) => process.wasKilled()).length;
  tell(`embedded: ${kills} kills, ${JSON.stringify(verdict)}`);
  expect(kills).toBeGreaterThan(places.length / 2);
  await world.remove();
});
