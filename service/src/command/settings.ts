import { existsSync } from 'node:fs';
import { ConfigError } from '#composition/settings/config-error.ts';
import { readEnvironment, type Environment } from '#composition/settings/environment.ts';
import { textOf, type Arguments } from './arguments.ts';
import { Refused } from './errors.ts';
import type { CommandContext } from './terminal.ts';

/** What is taken where nothing else is named. */
const usual = 'tu-esign.json';

/** The file of settings that a command is to read, where there is one. */
const settingsFile = (args: Arguments, { resolve }: CommandContext): string | undefined => {
  const named = textOf(args, 'config');
  if (named !== undefined) return resolve(named);
  const path = resolve(usual);
  return existsSync(path) ? path : undefined;
};

/**
 * The settings that a command works with: the environment's, and beneath them those of a file.
 * @throws Refused where the file is wrong
 */
export const readSettings = (args: Arguments, context: CommandContext): Environment => {
  try {
    return readEnvironment({ environment: context.environment, file: settingsFile(args, context) });
  } catch (error) {
    throw error instanceof ConfigError ? new Refused(error.message, { cause: error }) : error;
  }
};
