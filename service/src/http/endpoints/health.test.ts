import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRunningService, type RunningService } from '../../../test/running-service.ts';

const ask = async (service: RunningService, path: string): Promise<number> =>
  (await fetch(`${service.url}/health/${path}`)).status;

test('a service that drains is alive, and not ready', async () => {
  const service = await startRunningService({ drainSeconds: 1 });
  expect([await ask(service, 'live'), await ask(service, 'ready')]).toEqual([204, 204]);
  const stopped = service.remove();
  expect([await ask(service, 'live'), await ask(service, 'ready')]).toEqual([204, 503]);
  await stopped;
});

test('a service whose files are gone is alive, and ready again when they are back', async () => {
  const service = await startRunningService();
  const files = join(service.folder.path, 'data', 'files');
  rmSync(files, { recursive: true, force: true });
  writeFileSync(files, 'no folder');
  expect([await ask(service, 'live'), await ask(service, 'ready')]).toEqual([204, 503]);
  expect((await fetch(`${service.url}/health/ready`)).headers.get('retry-after')).toBe('5');
  rmSync(files);
  expect(await ask(service, 'ready')).toBe(204);
  await service.remove();
});
