import type { z } from 'zod';
import type { GuardOptions } from '#network/guard.ts';
import { readHostsFile, type HostsFile } from './hosts-file.ts';
import { Settings, variableOf, type SettingName } from './settings.ts';

/** All that can be set, validated: by the environment, and by the hosts file. */
export type Config = ReturnType<typeof toConfig>;

/** The configuration is wrong; the message names every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws ConfigError naming all faults at once */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const names = Object.keys(Settings.shape) as SettingName[];
  const given = Object.fromEntries(names.map((name) => [name, environment[variableOf(name)]]));
  const { data, error } = Settings.safeParse(given);
  const faults = error ? error.issues.map(describe) : [];
  const file = readHostsFile({ hostsFile: given['hostsFile'] ?? '', environment, faults });
  if (!data || !file || faults.length > 0) {
    throw new ConfigError(`The configuration is wrong:\n- ${faults.join('\n- ')}`);
  }
  return toConfig(data, file);
};

/** Of a fault, the variable is told and never its value. */
const describe = ({ path: [name, ...rest], message }: z.core.$ZodIssue): string =>
  `${[variableOf(name as SettingName), ...rest].join('.')}: ${message}`;

const toConfig = (settings: z.output<typeof Settings>, file: HostsFile) => {
  const { hostsFile: _, providerSeconds, providerCalls, ...rest } = settings;
  /** How providers and time-stamp authorities are called. */
  const guard: GuardOptions = {
    timeoutMs: providerSeconds * 1000,
    concurrency: providerCalls,
    failures: 5,
    pauseMs: 15_000,
  };
  return { ...rest, ...file, guard };
};
