import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createFolder } from '../../../test/tools.ts';

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

test('a service whose element was not built says so at its start, and is not ready', async () => {
  const empty = createFolder();
  const service = await startRunningService({ elementFolder: empty.path });
  const [first] = service.lines.map((line) => JSON.parse(line) as { level: string; message: string; folder?: string });
  expect(first).toMatchObject({ level: 'error', folder: empty.path });
  expect(first!.message).toMatch(/^there is no element in this folder: .*TU_ESIGN_ELEMENT/);
  const response = await fetch(`${service.url}/health/ready`);
  expect([response.status, await response.json()]).toEqual([503, { notReady: ['element'] }]);
  await service.remove();
  empty.remove();
});

test('a service that is meant to be without the element is ready, and says nothing of it', async () => {
  const service = await startRunningService({ elementFolder: undefined });
  expect(service.lines).toEqual([]);
  expect(await ask(service, 'ready')).toBe(204);
  expect((await fetch(`${service.url}/element/tu-esign.js`)).status).toBe(404);
  await service.remove();
});

test('a service with the element serves it', async () => {
  const service = await startRunningService();
  const { status, headers } = await fetch(`${service.url}/element/tu-esign.js`);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  await service.remove();
});
