import { readConfig } from '#composition/config.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import { createLog, toCause } from '#telemetry/log.ts';
import { startService, type ServiceExtras } from '#composition/service.ts';

const log = createLog((line) => process.stdout.write(`${line}\n`));

/**
 * SIGHUP comes when a terminal is closed, and asks others to read their configuration anew, which this service cannot yet.
 * Any may come twice, as Ctrl-C does through npm: by default the second would cut off what the first one drains.
 */
const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** What an operator can set right is told plainly; anything else is a bug. */
const fail = (error: unknown): never => {
  const said = sayWhatToDo(error, process.env);
  if (said === undefined) log.error('the service failed to start', { error: toCause(error) });
  else process.stderr.write(`${said}\n`);
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
  let stopped: Promise<void> | undefined;
  for (const signal of stopSignals) process.on(signal, () => void (stopped ??= stop()));
};

/** The service as a process: configured by the environment, stopped by a signal. */
export const runService = (extras: ServiceExtras = {}): Promise<void> => start(extras).catch(fail);
