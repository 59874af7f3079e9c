import type { Config } from '#composition/settings/config.ts';
import { textOf, type Arguments } from '#command/arguments.ts';
import { UsageError } from '#command/errors.ts';
import type { CommandContext } from '#command/terminal.ts';

/** One thing that `tu-esign keys` does. */
export type Action = (config: Config, args: Arguments, context: CommandContext) => Promise<void>;

/** Until when instances are to be started again. */
export const readMinutes = (args: Arguments, { databaseUrl }: Pick<Config, 'databaseUrl'>): number => {
  const minutes = Number(textOf(args, 'within') ?? (databaseUrl ? 60 : 0));
  if (Number.isFinite(minutes) && minutes >= 0 && minutes <= 7 * 24 * 60) return minutes;
  throw new UsageError('--within is a number of minutes, of a week at most');
};

/** @param what with its verb, as "New keys are" */
export const sayInForce = (what: string, minutes: number, from: number, which = ''): string => {
  const at = minutes === 0 ? 'once the service is started again' : `from ${new Date(from).toISOString()}`;
  const start = minutes === 0 ? 'Start every instance again now.' : 'Start every instance again before then.';
  return `${what} in force ${at}${which}.\n${start}\n`;
};
