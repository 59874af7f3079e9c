import { readFile } from 'node:fs/promises';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { ServiceClient } from './service-client.ts';

/** What was given on the command line. */
export interface Given {
  /** Without the command's name. */
  positionals: string[];
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
}

/** What a command works with. */
export interface Surroundings {
  /** A whole path, as seen from where the operator stands. */
  readonly resolve: (path: string) => string;
  /** The service, as it is told by option or environment. @throws UsageError where it is not told */
  readonly connect: (given: Given) => ServiceClient;
  readonly print: (text: string) => void;
}

/** One thing an operator can do. */
export interface Command {
  /** Behind the command's name: parameters and options, as they are written. */
  usage: string;
  summary: string;
  options: ParseArgsOptionsConfig;
  /**
   * @returns the exit code: 0, 1 where the answer is bad news, or 3 where nobody was asked whom to trust
   * @throws UsageError where it was asked in a wrong way
   * @throws Refused where the service says no
   */
  run(given: Given, surroundings: Surroundings): Promise<number>;
}

/** The command line is wrong; the message says how. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** It was not done; the message says why. Exit code 1. */
export class Refused extends Error {
  override name = 'Refused';
}

export const textOf = ({ values }: Given, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

/** @throws Refused where it cannot be read */
export const readGiven = async (path: string): Promise<Buffer<ArrayBuffer>> => {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refused(`${path} cannot be read`, { cause });
  }
};

/** The parameter at a place. @throws UsageError where it is missing */
export const requirePositional = ({ positionals }: Given, at: number, name: string): string => {
  const value = positionals[at];
  if (value === undefined) throw new UsageError(`${name} is missing`);
  return value;
};
