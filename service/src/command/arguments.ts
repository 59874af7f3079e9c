import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { Refused, UsageError } from './errors.ts';

/** What was written behind a command. */
export interface Arguments {
  positionals: string[];
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
}

/** @throws UsageError where an option is not known, or has no value */
export const parseArguments = (args: string[], options: ParseArgsOptionsConfig): Arguments => {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '', { cause: error });
  }
};

/** The value of an option, where it was given. */
export const textOf = ({ values }: Arguments, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** The parameter at a place. @throws UsageError where it is missing */
export const requirePositional = ({ positionals }: Arguments, at: number, name: string): string => {
  const value = positionals[at];
  if (value === undefined) throw new UsageError(`${name} is missing`);
  return value;
};

/** @throws Refused where the file cannot be read */
export const readInput = async (path: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refused(`${path} cannot be read`, { cause });
  }
};
