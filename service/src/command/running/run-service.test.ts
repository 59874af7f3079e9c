import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServiceProcess } from '../../../test/service-process.ts';
import { createFolder } from '../../../test/tools.ts';

const folder = createFolder();
afterAll(() => folder.remove());

/** Longer than three starts take on this machine as it is now: long enough to ask twice meanwhile. */
let drainSeconds: number;
beforeAll(async () => {
  const startedAt = performance.now();
  const first = await startServiceProcess(folder, { TU_ESIGN_DATA: join(folder.path, 'first') });
  drainSeconds = Math.max(3, Math.ceil((performance.now() - startedAt) / 300));
  await first.stop();
});

test.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
  '%s drains the service and stops it, and one more of them cuts nothing off',
  async (signal) => {
    const service = await startServiceProcess(folder, {
      TU_ESIGN_DATA: join(folder.path, signal),
      TU_ESIGN_DRAIN_SECONDS: String(drainSeconds),
    });
    const ask = async (): Promise<unknown> => (await fetch(`${service.url}/health/ready`)).json();
    const ended = service.stop(signal);
    await expect.poll(() => service.lines.join('\n')).toContain('the service stops');
    expect(await ask()).toEqual({ notReady: ['stopping'] });
    void service.stop(signal);
    expect(await ask()).toEqual({ notReady: ['stopping'] });
    expect(await ended).toBe(0);
    const messages = service.lines.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages.filter((message) => message === 'the service stops')).toHaveLength(1);
    expect(messages.at(-1)).toBe('the service has stopped');
  },
);
