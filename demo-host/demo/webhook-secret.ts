import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Reads the secret that the service signs its notifications with, or makes one at the first start: 32 random
 * bytes in the form of Standard Webhooks, readable by the owner alone.
 */
export const openWebhookSecret = async (path: string): Promise<string> => {
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) return kept.trim();
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
};
