import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openKey } from '../backend/key.ts';
import { createUpload, type Upload } from '../backend/upload.ts';
import { createAgreements, type Agreement } from '../panel/agreements.ts';
import { samplePlacement } from '../panel/asks.ts';
import { openContracts } from '../panel/contracts.ts';
import { openNotifications } from '../panel/notifications.ts';
import { openVisits } from '../panel/visits.ts';
import { createBackend } from './backend.ts';
import { findFreePort, listen } from './port.ts';
import { startProgram, type Program } from './program.ts';
import { createMint } from '../backend/token.ts';
import { startVendor, type ProviderName, type Vendor } from './vendor.ts';
import { openWebhookSecret } from './webhook-secret.ts';

export interface DemoOptions {
  /** Where everything is kept. */
  folder: string;
  /** The first ports to try. */
  port: number;
  servicePort: number;
  /** Who signs; the service itself where absent. `tu-identidad` is its sandbox. */
  provider?: ProviderName;
}

/** The demo host and the service, running. */
export interface Demo {
  /** The page. */
  url: string;
  service: Program & { url: string; log: string };
  /** Only where the service does not sign itself. */
  vendor: Vendor | undefined;
  stop(): Promise<void>;
}

const issuer = 'sol-de-agave';

/** Starts the host's back end and the service, and uploads the agreement; leaves nothing running where one fails. */
export const startDemo = async ({ folder, port, servicePort, provider = 'embedded' }: DemoOptions): Promise<Demo> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const at = await findAddresses(port, servicePort);
  const home = { folder, at, provider, webhookSecret: await openWebhookSecret(join(folder, 'webhook-secret')) };
  // Started before the service, which fetches the host's keys from it.
  const host = await startHost(home);
  const stops: (() => Promise<void>)[] = [() => host.stop()];
  const stop = async () => {
    for (const end of stops) await end();
  };
  try {
    const vendor = provider === 'tu-identidad' ? await startVendorFor(home) : undefined;
    if (vendor) stops.push(() => vendor.stop());
    const service = await startServiceFor(home, vendor);
    // Stopped before the vendor, as the service may still be calling it.
    stops.splice(1, 0, () => service.stop());
    await host.uploadSample();
    return { url: at.host, service, vendor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** What host and service share: their addresses, and the secret that signs the service's notifications. */
interface Home {
  folder: string;
  at: Addresses;
  provider: ProviderName;
  webhookSecret: string;
}

const startHost = async ({ folder, at, provider, webhookSecret }: Home) => {
  const key = await openKey(join(folder, 'host-key.json'));
  const mint = createMint({ key, issuer, service: at.service });
  const upload = createUpload(at.service, mint);
  const agreements = createAgreements();
  const backend = await createBackend({
    origin: at.host,
    service: at.service,
    provider,
    jwks: key.jwks,
    mint,
    upload,
    visits: await openVisits(join(folder, 'visits')),
    notifications: await openNotifications(join(folder, 'notifications.jsonl')),
    contracts: await openContracts(join(folder, 'contracts.txt')),
    webhookSecret,
    agreements,
  });
  const server = await listen(backend.callback(), Number(new URL(at.host).port));
  return {
    async uploadSample() {
      agreements.add(await uploadSample(upload, provider));
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
  vendor: string;
}

const findAddresses = async (port: number, servicePort: number): Promise<Addresses> => {
  const hostPort = await findFreePort(port);
  const from = servicePort === hostPort ? servicePort + 1 : servicePort;
  const ownPort = await findFreePort(from);
  const vendorPort = await findFreePort(Math.max(hostPort, ownPort) + 1);
  return {
    host: `http://localhost:${hostPort}`,
    service: `http://localhost:${ownPort}`,
    vendor: `http://127.0.0.1:${vendorPort}`,
  };
};

const startVendorFor = ({ folder, at }: Home): Promise<Vendor> =>
  startVendor({ folder: join(folder, 'sandbox'), url: at.vendor, log: join(folder, 'sandbox.log') });

const serviceMain = fileURLToPath(new URL('../../service/src/main.ts', import.meta.url));

const startServiceFor = async ({ folder, at, provider, webhookSecret }: Home, vendor: Vendor | undefined) => {
  const hosts = join(folder, 'hosts.json');
  const file = {
    hosts: [{ ...describeHost(at.host, webhookSecret), provider }],
    providers: vendor ? [vendor.entry] : [],
  };
  await writeFile(hosts, JSON.stringify(file, undefined, 2), { mode: 0o600 });
  const log = join(folder, 'service.log');
  const environment = {
    TU_ESIGN_HOSTS: hosts,
    TU_ESIGN_PORT: new URL(at.service).port,
    TU_ESIGN_PUBLIC_URL: at.service,
    TU_ESIGN_DATA: join(folder, 'service'),
  };
  const readyUrl = `${at.service}/health/ready`;
  const service = await startProgram({ name: 'The service', main: serviceMain, readyUrl, environment, log });
  return { ...service, url: at.service, log };
};

/** How the service knows this host. */
const describeHost = (origin: string, webhookSecret: string) => ({
  id: 'demo-host',
  name: 'Sol de Agave',
  issuer,
  // Whom the element names where only the host can help.
  contact: { telephone: '+52 55 5000 0000', email: 'ayuda@soldeagave.example' },
  // The host is at a private address, which the service asks for keys only where it is allowed to.
  verification: { jwksUri: `${origin}/.well-known/jwks.json`, allowPrivate: true },
  origins: [origin],
  // And the same for notifications.
  webhook: { url: `${origin}/notifications`, secrets: [webhookSecret], allowPrivate: true },
});

const uploadSample = async (upload: Upload, provider: ProviderName): Promise<Agreement> => {
  const { status, body } = await upload(await readFile(new URL('../agreement.pdf', import.meta.url)));
  if (status !== 200 && status !== 201) throw new Error(`The service refused the agreement: ${JSON.stringify(body)}`);
  const sample = { digest: body.digest, name: 'Contrato SDA-2026-0417.pdf' };
  // Tu Identidad places signatures itself: a token that names a place is refused.
  return provider === 'embedded' ? { ...sample, placement: samplePlacement } : sample;
};
