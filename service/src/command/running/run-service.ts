import { Refused } from '#command/errors.ts';
import { readConfig } from '#composition/settings/config.ts';
import { readEnvironment, type Environment } from '#composition/settings/environment.ts';
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
  const said = error instanceof Refused ? error.message : sayWhatToDo(error, process.env);
  if (said === undefined) log.error('the service failed to start', { error: toCause(error) });
  else process.stderr.write(`${said}\n`);
  process.exit(1);
};

const start = async ({ readSettings = readOwnEnvironment, ...extras }: ServiceRun) => {
  const config = readConfig(readSettings());
  const service = await startService(config, log, extras);
  log.info('the service listens', {
    address: service.url,
    bound: service.bound,
    ...(service.operatorUrl && { operator: service.operatorUrl }),
    folder: config.dataFolder,
    hosts: config.hosts.length,
  });
  const stop = async () => {
    log.info('the service stops');
    await service.stop();
    log.info('the service has stopped');
    process.exit(0);
  };
  let stopped: Promise<void> | undefined;
  for (const signal of stopSignals) process.on(signal, () => void (stopped ??= stop()));
};

const readOwnEnvironment = (): Environment => readEnvironment({ environment: process.env });

export interface ServiceRun extends ServiceExtras {
  /** The settings as they are now; by default the environment's. @throws Refused */
  readonly readSettings?: () => Environment;
}

/** The service as a process: configured by its settings, stopped by a signal. */
export const runService = (run: ServiceRun = {}): Promise<void> => start(run).catch(fail);
