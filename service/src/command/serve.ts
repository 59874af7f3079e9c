import { ConfigError, readConfig } from '#composition/config.ts';
import { createLog, toCause } from '#telemetry/log.ts';
import { SetupError } from '#setup-error.ts';
import { startService, type ServiceExtras } from '#composition/service.ts';

const log = createLog((line) => process.stdout.write(`${line}\n`));

/** What an operator did wrong is told plainly; anything else is a bug. */
const fail = (error: unknown): never => {
  if (error instanceof ConfigError || error instanceof SetupError) process.stderr.write(`${error.message}\n`);
  else log.error('the service failed to start', { error: toCause(error) });
  process.exit(1);
};

const start = async (extras: ServiceExtras) => {
  const config = readConfig(process.env);
  const service = await startService(config, log, extras);
  log.info('the service listens', { address: service.url, folder: config.dataFolder, hosts: config.hosts.length });
  const stop = async () => {
    log.info('the service stops');
    await service.stop();
    log.info('the service has stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
};

/** The service as a process: configured by the environment, stopped by a signal. */
export const runService = (extras: ServiceExtras = {}): Promise<void> => start(extras).catch(fail);
