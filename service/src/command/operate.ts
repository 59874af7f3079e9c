import { parseArgs } from 'node:util';
import { Refused, UsageError, type Command, type Given, type Surroundings } from './command.ts';
import { deliveries } from './deliveries.ts';
import { resend } from './resend.ts';
import { resolve } from './resolve.ts';
import { review } from './review.ts';
import { verifyEvidence } from './verify-evidence.ts';

const commands: Record<string, Command> = {
  review,
  resolve,
  deliveries,
  resend,
  'verify-evidence': verifyEvidence,
};

const usage = `Usage: npm run operate -- COMMAND

${Object.values(commands)
  .map((command) => `  ${command.usage}\n      ${command.summary}`)
  .join('\n')}

Commands that talk to the service take --service URL, or TU_ESIGN_PUBLIC_URL, and the key TU_ESIGN_OPERATOR_KEY
from the environment. Exit codes: 0 done, 1 refused or broken, 2 asked in a wrong way, 3 whole, but no root was given.
`;

/** What is told to whoever operates, besides what commands print. */
export interface OperateOptions extends Surroundings {
  complain(text: string): void;
}

/** Runs the command that is named first. @returns the exit code */
export const operate = async ([name, ...rest]: string[], options: OperateOptions): Promise<number> => {
  if (name === 'help' || name === '--help') {
    options.print(usage);
    return 0;
  }
  try {
    const command = findCommand(name);
    return await command.run(parse(command, rest), options);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Refused)) throw error;
    options.complain(`${error.message}\n${error instanceof UsageError ? `\n${usage}` : ''}`);
    return error instanceof UsageError ? 2 : 1;
  }
};

const findCommand = (name: string | undefined): Command => {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(name === undefined ? 'A command is missing' : `There is no command ${name}`);
  return command;
};

const parse = ({ options }: Command, args: string[]): Given => {
  try {
    return parseArgs({ args, options: { ...options, service: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '', { cause: error });
  }
};
