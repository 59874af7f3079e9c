import type { ParseArgsOptionsConfig } from 'node:util';
import type { Arguments } from './arguments.ts';
import type { ServiceClient } from './service-client.ts';
import type { Terminal } from './terminal.ts';

/** What a command works with. */
export interface CommandContext extends Pick<Terminal, 'resolve' | 'print'> {
  /** The service that an option or the environment names. @throws UsageError where neither does */
  readonly connect: (args: Arguments) => ServiceClient;
}

/** One thing an operator can do. */
export interface Command {
  /** What is written to call it: its name, parameters and options. */
  usage: string;
  summary: string;
  options: ParseArgsOptionsConfig;
  /**
   * @returns the exit code: 0, or 1 where what was verified does not hold, or 3 where it holds but no root was given
   * @throws UsageError where the arguments are wrong
   * @throws Refused where the service refuses, or a file cannot be read
   */
  run(args: Arguments, context: CommandContext): Promise<number>;
}
