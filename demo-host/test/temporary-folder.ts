import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for all that a run of the tests writes, gone when it ends. */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'tu-esign-demo-host-'));
  process.env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true, force: true });
};
