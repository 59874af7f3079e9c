import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openAuthority } from '#authority/authority.ts';
import { createPdfEngine } from '#pades/engine.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { openLedger } from './ledger.ts';
import { createListener } from './listener.ts';
import { createMethods, type Delays } from './methods.ts';
import { createFaultOrders, type FaultOrder } from './orders.ts';
import { createConserve, createSign } from './sign.ts';

export interface SandboxOptions {
  /** Keeps its authority, what it signed and its ledger, for the next start as well. */
  folder: string;
  /** What the header `apiKey` must say. */
  apiKey: string;
  /** 0 takes any free port. */
  port?: number;
  address?: string;
  delays?: Partial<Delays>;
  /** What a slow answer takes, in milliseconds. The slowest that Tu Identidad publishes is 47 s. */
  slowMs?: number;
}

/** A web service that speaks Tu Identidad's wire, and really signs. */
export interface Sandbox {
  url: string;
  /** PEM of the root that its certificates and time-stamps lead to. */
  rootPem: string;
  /** How often a process was signed: by this sandbox, and by earlier ones on the folder. */
  executionsOf(identifier: string): number;
  /** Has requests go wrong. */
  misbehave(order: FaultOrder): void;
  stop(): Promise<void>;
}

const organisation = 'Sandbox, no acreditado';
const now = () => new Date();

/**
 * Starts the sandbox on a folder, for this machine alone unless told otherwise.
 * @throws Error in production
 */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('The sandbox is not for production: what it signs is worthless');
  const { folder, apiKey, port = 0, address = '127.0.0.1', slowMs = 47_000 } = options;
  const authority = await openAuthority({ keys: createFolderKeys(join(folder, 'keys')), now, name: organisation });
  const engine = createPdfEngine();
  const ledger = await openLedger(folder, now);
  const delays = { document: 0, certificates: 2_000, ...options.delays };
  const signer = { engine, authority, now };
  const methods = createMethods({ ledger, sign: createSign(signer), conserve: createConserve(signer), now, delays });
  const [orders, { rootPem }] = [createFaultOrders(), authority];
  const server = createServer(createListener({ methods, orders, ledger, apiKey, rootPem, slowMs }));
  await once(server.listen(port, address), 'listening');
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    rootPem,
    executionsOf: (identifier) => ledger.executionsOf(identifier).length,
    misbehave: orders.add,
    async stop() {
      server.close();
      server.closeAllConnections();
      await engine.close();
    },
  };
};
