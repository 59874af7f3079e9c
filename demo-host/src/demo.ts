import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAgreements, createUpload, type Agreement, type Upload } from './agreement.ts';
import { createBackend } from './backend.ts';
import { openKey } from './key.ts';
import { openNotifications } from './notifications.ts';
import { findFreePort, listen } from './port.ts';
import { startService, type ServiceProcess } from './service-process.ts';
import { createMint } from './token.ts';
import { openVisits } from './visits.ts';
import { openWebhookSecret } from './webhook-secret.ts';

export interface DemoOptions {
  /** Where everything is kept. */
  folder: string;
  /** The first ports to try. */
  port: number;
  servicePort: number;
}

/** The demo host and the service, running. */
export interface Demo {
  /** The page. */
  url: string;
  service: ServiceProcess & { url: string; log: string };
  stop(): Promise<void>;
}

const issuer = 'sol-de-agave';

/** The agreement's own place for the client's signature; see scripts/agreement.html. */
const placement = { page: -1, x: 320, y: 525, width: 224, height: 84 };

/** Starts the host's back end and the service, and uploads the agreement; leaves nothing running where one fails. */
export const startDemo = async ({ folder, port, servicePort }: DemoOptions): Promise<Demo> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const at = await findAddresses(port, servicePort);
  const home = { folder, at, webhookSecret: await openWebhookSecret(join(folder, 'webhook-secret')) };
  // Before the service, which fetches the host's keys.
  const host = await startHost(home);
  const stops: (() => Promise<void>)[] = [() => host.stop()];
  const stop = async () => {
    for (const end of stops) await end();
  };
  try {
    const service = await startServiceFor(home);
    stops.push(() => service.stop());
    await host.uploadSample();
    return { url: at.host, service, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** What host and service share: addresses, and the secret of what one tells the other. */
interface Home {
  folder: string;
  at: Addresses;
  webhookSecret: string;
}

const startHost = async ({ folder, at, webhookSecret }: Home) => {
  const key = await openKey(join(folder, 'host-key.json'));
  const mint = createMint({ key, issuer, service: at.service });
  const upload = createUpload(at.service, mint);
  const agreements = createAgreements();
  const backend = await createBackend({
    origin: at.host,
    service: at.service,
    jwks: key.jwks,
    mint,
    upload,
    visits: await openVisits(join(folder, 'visits')),
    notifications: await openNotifications(join(folder, 'notifications.jsonl')),
    webhookSecret,
    agreements,
  });
  const server = await listen(backend.callback(), Number(new URL(at.host).port));
  return {
    async uploadSample() {
      agreements.add(await uploadSample(upload));
    },
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
};

interface Addresses {
  host: string;
  service: string;
}

const findAddresses = async (port: number, servicePort: number): Promise<Addresses> => {
  const hostPort = await findFreePort(port);
  const from = servicePort === hostPort ? servicePort + 1 : servicePort;
  return { host: `http://localhost:${hostPort}`, service: `http://localhost:${await findFreePort(from)}` };
};

const startServiceFor = async ({ folder, at, webhookSecret }: Home) => {
  const hosts = join(folder, 'hosts.json');
  const host = describeHost(at.host, webhookSecret);
  await writeFile(hosts, JSON.stringify({ hosts: [host] }, undefined, 2), { mode: 0o600 });
  const log = join(folder, 'service.log');
  const environment = {
    TU_ESIGN_HOSTS: hosts,
    TU_ESIGN_PORT: new URL(at.service).port,
    TU_ESIGN_PUBLIC_URL: at.service,
    TU_ESIGN_DATA: join(folder, 'service'),
  };
  const service = await startService({ url: at.service, environment, log });
  return { ...service, url: at.service, log };
};

/** How the service knows this host. */
const describeHost = (origin: string, webhookSecret: string) => ({
  id: 'demo-host',
  name: 'Sol de Agave',
  issuer,
  verification: { jwksUri: `${origin}/.well-known/jwks.json` },
  origins: [origin],
  // This machine is a private address, which a service tells nothing unless it may.
  webhook: { url: `${origin}/notifications`, secrets: [webhookSecret], allowPrivate: true },
});

const uploadSample = async (upload: Upload): Promise<Agreement> => {
  const { status, body } = await upload(await readFile(new URL('../agreement.pdf', import.meta.url)));
  if (status !== 201) throw new Error(`The service refused the agreement: ${JSON.stringify(body)}`);
  return { digest: body.digest, name: 'Contrato SDA-2026-0417.pdf', placement };
};
