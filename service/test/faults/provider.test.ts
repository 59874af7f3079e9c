import { expect, test } from 'vitest';
import { extent, tell } from './extent.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import { faultNames, patienceSeconds } from './provider-faults.ts';
import { createWorld } from './world.ts';

const capabilities = ['key', 'lookup', 'none'];

test('a provider that fails in any way, and can do this or that, signs once, or a person is asked', async () => {
  // A host each, so that one's breaker is not another's.
  const hosts = capabilities.flatMap((repeats) => faultNames.map((fault) => `${repeats}-${fault}`));
  const world = await createWorld({
    providers: hosts,
    environment: {
      TU_ESIGN_PROVIDER_SECONDS: String(patienceSeconds),
      // A late effect comes long before it.
      TU_ESIGN_TEST_QUARANTINE_MS: String(5_000 * patienceSeconds),
    },
  });
  const service = await recover(world);
  await world.upload(service);
  for (let round = 0; round < extent(1, 10); round += 1)
    await Promise.all(hosts.map((host) => world.ledger.act(service.url, host)));
  const verdict = await judge(world, { url: service.url, sample: 0 });
  tell(`${faultNames.length} faults × 3 capabilities: ${JSON.stringify(verdict)}`);
  tell(`provider: ${JSON.stringify(world.provider.summary())}`);
  expect(world.provider.summary().twice).toBe(0);
  await world.remove();
});
