import { join } from 'node:path';
import { bankKey, createTokens, origin } from '../tokens.ts';
import { createFolder } from '../tools.ts';
import { createLedger } from './ledger.ts';
import type { Order } from './plan.ts';
import { startProvider } from './provider-server.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { startWebhookReceiver, webhookSecret } from './webhook-receiver.ts';

export const audience = 'https://sign.example';

export interface WorldOptions {
  /** A host for each provider; its id is the provider's name. */
  providers?: string[];
  /** Whether hosts are told what became of signings. */
  tells?: boolean;
  /** What else the service is configured with, or otherwise. */
  environment?: Record<string, string>;
}

export interface StartOptions {
  orders?: Order[];
  environment?: Record<string, string>;
  parameters?: string[];
}

const toHost = (id: string, webhookUrl: string | undefined) => ({
  id,
  name: 'Banco de Ejemplo',
  issuer: `https://${id}.example`,
  verification: { jwks: { keys: [bankKey.jwk] }, algorithms: ['ES256'] },
  origins: [origin],
  provider: id,
  ...(webhookUrl && { webhook: { url: `${webhookUrl}/${id}`, secrets: [webhookSecret], allowPrivate: true } }),
});

/** All that a service has around it: hosts with a receiver, a provider, a data folder; and the books kept of it. */
export const createWorld = async (options: WorldOptions = {}) => {
  const { providers = ['key-well'], tells = true, environment = {} } = options;
  const folder = createFolder();
  const [provider, receiver] = [await startProvider(), await startWebhookReceiver()];
  const hosts = providers.map((name) => toHost(name, tells ? receiver.url : undefined));
  const processes: ServiceProcess[] = [];
  const defaults = {
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_PUBLIC_URL: audience,
    TU_ESIGN_DATA: join(folder.path, 'data'),
    TU_ESIGN_ELEMENT: '',
    TU_ESIGN_PROVIDER_SECONDS: '60',
    // What a process that was killed had asked for is at the provider by then: it came there first.
    TU_ESIGN_TEST_QUARANTINE_MS: '2500',
    TU_ESIGN_STOP_SECONDS: '60',
    // Files are downloaded when all has ended.
    TU_ESIGN_LINK_SECONDS: '86400',
    TU_ESIGN_ADDRESS_REQUESTS_PER_SECOND: '10000',
    TU_ESIGN_HOST_REQUESTS_PER_SECOND: '10000',
    TU_ESIGN_TEST_PROVIDER: provider.address,
    ...environment,
  };
  const ledger = createLedger(createTokens(audience));
  return {
    folder,
    provider,
    receiver,
    ledger,
    hosts: providers,
    tells,
    /** All that ever ran. */
    processes,
    /** For how long a service waits for its provider, in milliseconds. */
    providerMs: Number(defaults.TU_ESIGN_PROVIDER_SECONDS) * 1_000,
    /** All that moves while signings are on their way, as it is seen from outside. */
    progress: () => [
      processes.map(({ lines }) => lines.length),
      receiver.arrived.length,
      provider.summary(),
      ledger.acts.filter(({ id }) => id !== undefined).length,
    ],
    /** Starts a service on this world's data. */
    async start({ environment: changes, ...options }: StartOptions = {}): Promise<ServiceProcess> {
      const started = await startServiceProcess({ environment: { ...defaults, ...changes }, ...options });
      processes.push(started);
      return started;
    },
    /** Every host uploads the agreement, one after another. */
    async upload({ url }: { url: string }): Promise<void> {
      for (const host of providers) await ledger.upload(url, host);
    },
    /** Ends what still runs and leaves nothing. */
    async remove(): Promise<void> {
      await Promise.all(processes.filter((one) => !one.hasEnded()).map((one) => one.signal('SIGKILL')));
      await receiver.stop();
      await provider.stop();
      folder.remove();
    },
  };
};
export type World = Awaited<ReturnType<typeof createWorld>>;
