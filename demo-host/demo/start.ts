import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDemo, type Demo } from './demo.ts';
import { providers, type ProviderName } from './vendor.ts';

const folder = fileURLToPath(new URL('../.data', import.meta.url));
const wanted = { port: Number(process.env['PORT'] ?? 3000), servicePort: Number(process.env['SERVICE_PORT'] ?? 8080) };

let demo: Demo | undefined;

const fail = (error: unknown): never => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
};

const readProvider = (): ProviderName => {
  const { values } = parseArgs({ options: { provider: { type: 'string', default: 'embedded' } } });
  const named = providers.find((name) => name === values.provider);
  if (!named) throw new Error(`--provider is one of ${providers.join(', ')}`);
  return named;
};

const start = async (): Promise<Demo> => {
  const provider = readProvider();
  console.log('Starting the demo host and the service …');
  const started = await startDemo({ folder, provider, ...wanted });
  if (started.vendor) console.log('Tu Identidad’s sandbox signs. It is accredited by nobody.');
  if (new URL(started.url).port !== String(wanted.port)) console.log(`Port ${wanted.port} is taken.`);
  console.log(`\n  ${started.url}\n\nData and the service's log are in ${folder}. Ctrl-C stops everything.`);
  return started;
};

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  console.log('Stopping …');
  // Until it has started, there is no demo to stop: the service ends with this process.
  await demo?.stop().catch(fail);
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

demo = await start().catch(fail);
await demo.service.ended;
if (!stopping) fail(new Error(`The service has ended unexpectedly. Its log: ${demo.service.log}`));
