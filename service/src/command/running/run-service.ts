import { Refused } from '#command/errors.ts';
import { readConfig } from '#composition/settings/config.ts';
import { readEnvironment, type Environment } from '#composition/settings/environment.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import { createLog, toCause } from '#telemetry/log.ts';
import { startService, type Service, type ServiceExtras } from '#composition/service.ts';
import { Problem } from '#problem.ts';

const log = createLog((line) => process.stdout.write(`${line}\n`));

/** Either may come twice, as Ctrl-C does through npm: by default the second would cut off what the first one drains. */
const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/** What an operator can set right is told plainly; anything else is a bug. */
const fail = (error: unknown): never => {
  const said = error instanceof Refused ? error.message : sayWhatToDo(error, process.env);
  if (said === undefined) log.error('the service failed to start', { error: toCause(error) });
  else process.stderr.write(`${said}\n`);
  process.exit(1);
};

const start = async ({ readSettings = readOwnEnvironment, ...extras }: ServiceRun) => {
  const config = readConfig(readSettings());
  const service = await startService(config, log, { ...extras, readConfig: () => readConfig(readSettings()) });
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
  const stopOnce = () => void (stopped ??= stop());
  for (const signal of stopSignals) process.on(signal, stopOnce);
  // It comes also when a terminal is closed: then nobody is left who could stop the service.
  process.on('SIGHUP', process.stdout.isTTY ? stopOnce : () => reload(service));
};

/** What is wrong is said, and the service goes on as it was. */
const reload = (service: Service): void => {
  try {
    const { hosts } = service.reload('apply');
    log.info('the hosts file was read anew', { hosts });
  } catch (error) {
    const said = error instanceof Problem || error instanceof Refused ? error.message : undefined;
    log.error('the hosts file is wrong; the old one stays in force', { error: toCause(error) });
    if (said !== undefined) process.stderr.write(`${said}\n`);
  }
};

const readOwnEnvironment = (): Environment => readEnvironment({ environment: process.env });

export interface ServiceRun extends ServiceExtras {
  /** The settings as they are now; by default the environment's. @throws Refused */
  readonly readSettings?: () => Environment;
}

/** The service as a process: configured by its settings, stopped by a signal. */
export const runService = (run: ServiceRun = {}): Promise<void> => start(run).catch(fail);
