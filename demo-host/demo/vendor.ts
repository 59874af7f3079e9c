import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import got from 'got';
import { startProgram, type Program } from './program.ts';

/** Tu Identidad's sandbox, as a process, and how the service's hosts file names it. */
export interface Vendor extends Program {
  url: string;
  entry: Record<string, unknown>;
  /** PEM of the root that all it signs leads to. */
  root: string;
}

export interface VendorOptions {
  /** Where what it signs is kept. */
  folder: string;
  /** Where it will be reached. */
  url: string;
  log: string;
}

/** Names of those who may sign. */
export const providers = ['embedded', 'tu-identidad'] as const;
export type ProviderName = (typeof providers)[number];

/** Time-stamps of the sandbox have a policy below it (X.667). */
const ownPolicies = '2.25.';

const main = fileURLToPath(new URL('../../service/sandbox/main.ts', import.meta.url));

/** Starts the sandbox with a key of this start. @throws Error with the last lines it wrote */
export const startVendor = async ({ folder, url, log }: VendorOptions): Promise<Vendor> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [apiKeyFile, rootFile] = [join(folder, 'api-key'), join(folder, 'root.pem')];
  const apiKey = randomBytes(24).toString('base64url');
  await writeFile(apiKeyFile, apiKey, { mode: 0o600 });
  const environment = { SANDBOX_PORT: new URL(url).port, SANDBOX_API_KEY: apiKey, SANDBOX_FOLDER: folder };
  const readyUrl = `${url}/sandbox/root.pem`;
  const program = await startProgram({ name: 'The sandbox', main, readyUrl, environment, log });
  const root = await got(readyUrl).text();
  await writeFile(rootFile, root);
  const entry = {
    kind: 'tu-identidad',
    name: 'tu-identidad',
    url,
    // The sandbox is on this machine.
    allowPrivate: true,
    apiKeyFile,
    // The sandbox has no limit; the vendor has.
    requestsPerMinute: 600,
    conservationRoots: [rootFile],
    conservationPolicies: [ownPolicies],
  };
  return { ...program, url, entry, root };
};
