import type { z } from 'zod';
import type { GuardOptions } from '#network/guard.ts';
import { readHostsFile, type ReadHostsFile } from '#composition/hosts-file/hosts-file.ts';
import { configError } from './config-error.ts';
import { findUnknown, type Environment } from './environment.ts';
import { findCscFaults, toCscAccess } from './csc.ts';
import { Settings, variableOf, type SettingName } from './settings.ts';

/** All that can be set, validated: by the environment, and by the hosts file. */
export type Config = ReturnType<typeof toConfig>;

/** @throws ConfigError naming all faults at once */
export const readConfig = (environment: Environment): Config => {
  const names = Object.keys(Settings.shape) as SettingName[];
  const given = Object.fromEntries(names.map((name) => [name, environment[variableOf(name)]]));
  const { data, error } = Settings.safeParse(given);
  const faults = error ? error.issues.map(describe) : [];
  const file = readHostsFile({ hostsFile: given['hostsFile'] ?? '', environment, faults });
  faults.push(...findUnknown(environment, file?.variables ?? new Set()));
  if (data) faults.push(...findMissing(data), ...findCscFaults(data));
  if (!data || !file || faults.length > 0) throw configError(faults);
  return toConfig(data, file);
};

/** Of a fault, the variable is told and never its value. */
const describe = ({ path: [name, ...rest], message }: z.core.$ZodIssue): string =>
  `${[variableOf(name as SettingName), ...rest].join('.')}: ${message}`;

/** A driver is of no use without the token's label and PIN, nor these without it. */
const findMissing = (settings: z.output<typeof Settings>): string[] => {
  const together = ['tokenModule', 'tokenLabel', 'tokenPin'] as const;
  const missing = together.filter((name) => settings[name] === undefined);
  if (missing.length === 0 || missing.length === together.length) return [];
  return missing.map((name) => `${variableOf(name)}: is needed where the others of PKCS #11 are set`);
};

const toConfig = (settings: z.output<typeof Settings>, file: ReadHostsFile) => {
  const { hostsFile: _path, providerSeconds, providerCalls, ...rest } = settings;
  /** How providers and time-stamp authorities are called. */
  const guard: GuardOptions = {
    timeoutMs: providerSeconds * 1000,
    concurrency: providerCalls,
    failures: 5,
    pauseMs: 15_000,
  };
  const { variables: _names, ...registered } = file;
  return { ...rest, ...registered, guard, csc: toCscAccess(settings) };
};
