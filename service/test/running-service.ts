import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#composition/settings/config.ts';
import { createLog } from '#telemetry/log.ts';
import { startService, type ServiceExtras } from '#composition/service.ts';
import { digestOf } from '../src/signing/digest.ts';
import { pdfLimits, sharedThreads } from './shared-threads.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, type Folder } from './tools.ts';

const elementFolder = new URL('element', import.meta.url).pathname;

/** How a configuration differs from the tests' own. */
export type Changes = Partial<Config>;

/** A configuration on a folder; the service listens on any free port of this machine. */
export const configure = (folder: Folder, changes: Changes = {}): Config => ({
  hosts,
  providers: [],
  authorities: [],
  timeStamps: undefined,
  port: 0,
  address: '127.0.0.1',
  publicUrl: undefined,
  revocationUrl: undefined,
  dataFolder: join(folder.path, 'data'),
  databaseUrl: undefined,
  s3: undefined,
  keysPassphrase: undefined,
  csc: undefined,
  authorityKeys: 'P-256',
  signatoryKeys: 'P-256',
  organisation: 'tu-esign',
  signatureLevel: 'B-LTA',
  archiveDigest: 'sha256',
  renewalDays: 180,
  elementFolder,
  documentBytes: 1024 * 1024,
  autographBytes: 512 * 1024,
  autographPixels: 4_000_000,
  linkSeconds: 900,
  ...pdfLimits,
  outputHours: 72,
  trustedProxies: 0,
  // As good as none: tests of the limits set their own.
  addressRequestsPerSecond: 1_000_000,
  hostRequestsPerSecond: 1_000_000,
  bodyMegabytes: 256,
  uploads: 64,
  eventStreams: 2_000,
  unfinishedSignings: 100_000,
  // The disk of a machine that tests may be almost full.
  reserveMegabytes: 0,
  operatorKey: undefined,
  operatorAddress: { address: '127.0.0.1', port: 0 },
  traceEndpoint: undefined,
  drainSeconds: 0,
  stopSeconds: 5,
  retentionDays: 3653,
  guard: { timeoutMs: 60_000, concurrency: 16, failures: 5, pauseMs: 500 },
  ...changes,
});

export const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/pdfs/${name}.pdf`, import.meta.url));

/** A small document of ours in which one thing is odd. */
export const caseFile = (name: string): Buffer => readFileSync(new URL(`fixtures/cases/${name}.pdf`, import.meta.url));

export const agreement = fixture('002-trivial-libre-office-writer');
export const otherAgreement = fixture('pdflatex-4-pages');

/** The real service in this process, on a folder of its own or one that was used before. */
export const startRunningService = async (
  changes: Changes = {},
  folder = createFolder(),
  extras: ServiceExtras = {},
) => {
  const lines: string[] = [];
  const hasOwnLimits = 'pdfSeconds' in changes || 'pdfMegabytes' in changes;
  const service = await startService(
    configure(folder, changes),
    createLog((line) => lines.push(line)),
    hasOwnLimits ? extras : { threads: sharedThreads(), ...extras },
  );
  const tokens = createTokens(changes.publicUrl ?? service.url);
  return {
    url: service.url,
    /** Of the operator's endpoints, where there is an operator. */
    operatorUrl: service.operatorUrl,
    folder,
    tokens,
    /** What was logged. */
    lines,
    /** Names of all files that are kept, below `data/files`. */
    keptFiles: () => listFiles(join(folder.path, 'data', 'files')),
    /** Uploads as the bank does, and tells the digest to sign. */
    upload: async (pdf: Buffer): Promise<string> => {
      const headers = { authorization: `Bearer ${await tokens.documents()}`, 'content-type': 'application/pdf' };
      const address = `${service.url}/v1/documents/${digestOf(pdf)}`;
      const response = await fetch(address, { method: 'PUT', headers, body: new Uint8Array(pdf) });
      if (!response.ok) throw new Error(`the upload was refused: ${await response.text()}`);
      return ((await response.json()) as { digest: string }).digest;
    },
    stop: () => service.stop(),
    /** Stops and leaves nothing. */
    remove: async (): Promise<void> => {
      await service.stop();
      folder.remove();
    },
  };
};
export type RunningService = Awaited<ReturnType<typeof startRunningService>>;

const listFiles = (folder: string): string[] => {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};
