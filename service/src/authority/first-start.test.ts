import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createKeys } from '../../test/keys.ts';
import { createFolder } from '../../test/tools.ts';
import { openAuthority } from './authority.ts';

const now = () => new Date();

const starter = (target: string): string => `
  import { openAuthority } from ${JSON.stringify(new URL('authority.ts', import.meta.url).href)};
  import { createKeys } from ${JSON.stringify(new URL('../../test/keys.ts', import.meta.url).href)};
  process.stdout.write('ready');
  await openAuthority({ keys: createKeys(${JSON.stringify(target)}), now: () => new Date() });
`;

/** Starts for the first time in a process of its own that is killed some microseconds into it. */
const killedStart = async (target: string, afterMs: number): Promise<void> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', starter(target)]);
  await once(child.stdout, 'data');
  await setTimeout(afterMs);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

test('a first start killed at any moment leaves nothing, or a whole authority', async () => {
  const place = createFolder();
  onTestFinished(() => place.remove());
  for (let round = 0; round < 10; round += 1) {
    const target = join(place.path, `killed-${round}`);
    await killedStart(target, round * 1.5);
    const left = createKeys(target);
    const { rootPem } = await openAuthority({ keys: left, now });
    expect((await openAuthority({ keys: left, now })).rootPem).toBe(rootPem);
  }
});
