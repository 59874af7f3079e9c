import type { Arguments } from './arguments.ts';
import type { CommandContext } from './terminal.ts';

/** An option: its flags as commander spells them, what it does, and whether it may be given several times. */
export interface CommandOption {
  flags: string;
  about: string;
  several?: true;
}

/** One thing that `tu-esign` does. */
export interface Command {
  /** Parameters as commander spells them: `<id>` must be there, `[file...]` may be, several times. */
  parameters?: string;
  /** What its help says beyond its summary. */
  more?: string;
  options: readonly CommandOption[];
  /**
   * @returns the exit code: 0, or 1 where what was looked at does not hold, or 3 where it holds but no root was given
   * @throws UsageError where the arguments are wrong
   * @throws Refused where it was not done
   */
  run(args: Arguments, context: CommandContext): Promise<number>;
}

/** A command as the list of all has it: what it does is loaded once it is asked for. */
export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<Command>;
}

/** Options that several commands have. */
export const shared = {
  config: { flags: '--config <file>', about: 'read settings from this file; by default ./tu-esign.json, where it is' },
  service: { flags: '--service <url>', about: 'the operator’s address, where it is not TU_ESIGN_OPERATOR_ADDRESS' },
  json: { flags: '--json', about: 'answer with JSON, for programs' },
} as const satisfies Record<string, CommandOption>;
