import { parseArguments } from './arguments.ts';
import { check } from './check.ts';
import type { Command, CommandContext } from './command.ts';
import { deliveries } from './deliveries.ts';
import { Refused, UsageError } from './errors.ts';
import { resend } from './resend.ts';
import { resolve } from './resolve.ts';
import { review } from './review.ts';
import type { Terminal } from './terminal.ts';
import { verifyEvidence } from './verify/verify-evidence.ts';

const commands: Record<string, Command> = {
  review,
  resolve,
  deliveries,
  resend,
  'verify-evidence': verifyEvidence,
  check,
};

const usage = `Usage: npm run operate -- COMMAND

${Object.values(commands)
  .map((command) => `  ${command.usage}\n      ${command.summary}`)
  .join('\n')}

Commands that talk to the service do so at TU_ESIGN_OPERATOR_ADDRESS (127.0.0.1:8081), or --service URL, with the key
TU_ESIGN_OPERATOR_KEY from the environment. Exit codes: 0 done, 1 refused or broken, 2 asked in a wrong way, 3 whole, but no root was given.
`;

export type OperateContext = CommandContext & Terminal;

/** Runs the command that is named first. @returns the exit code */
export const operate = async ([name, ...rest]: string[], context: OperateContext): Promise<number> => {
  if (name === 'help' || name === '--help') {
    context.print(usage);
    return 0;
  }
  try {
    const command = findCommand(name);
    return await command.run(parseArguments(rest, { ...command.options, service: { type: 'string' } }), context);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Refused)) throw error;
    context.printError(`${error.message}\n${error instanceof UsageError ? `\n${usage}` : ''}`);
    return error instanceof UsageError ? 2 : 1;
  }
};

const findCommand = (name: string | undefined): Command => {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(name === undefined ? 'A command is missing' : `There is no command ${name}`);
  return command;
};
