import { readFile } from 'node:fs/promises';
import { Refused, UsageError } from './errors.ts';

/** What was written behind a command: options by their long names. */
export interface Arguments {
  positionals: string[];
  values: Record<string, string | boolean | string[] | undefined>;
}

/** The value of an option, where it was given. */
export const textOf = ({ values }: Arguments, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** All values of an option that may be given several times. */
export const listOf = ({ values }: Arguments, name: string): string[] => {
  const value = values[name];
  return Array.isArray(value) ? value : [];
};

export const isGiven = ({ values }: Arguments, name: string): boolean => values[name] === true;

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
