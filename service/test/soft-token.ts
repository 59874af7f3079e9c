import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenAccess } from '#keys/custody/token-process.ts';
import type { Folder } from './tools.ts';

const drivers = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'];
const driver = drivers.find((path) => existsSync(path));

/** Whether SoftHSM is here (Debian: softhsm2). */
export const hasSoftToken = driver !== undefined;

/** A token of its own; its driver finds it by a variable, which stays set for the processes that a test starts. */
export const createSoftToken = (folder: Folder, token: string): TokenAccess & { configuration: string } => {
  mkdirSync(join(folder.path, 'tokens'));
  const configuration = folder.write('softhsm2.conf', `directories.tokendir = ${join(folder.path, 'tokens')}\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  const pin = '4321';
  const words = ['--init-token', '--free', '--label', token, '--so-pin', '8765', '--pin', pin];
  execFileSync('softhsm2-util', words, { stdio: 'ignore' });
  return { module: driver!, token, pin, configuration };
};
