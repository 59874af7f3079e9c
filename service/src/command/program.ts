import { Command as Program, CommanderError, Option } from 'commander';
import type { Arguments } from './arguments.ts';
import type { Command, CommandEntry, CommandOption } from './command.ts';
import { Refused, UsageError } from './errors.ts';
import type { CommandContext } from './terminal.ts';

const exitCodes = `
Exit codes: 0 done, or all of it holds · 1 not done, or something does not hold · 2 asked in a wrong way ·
3 whole, but no root was given, so that nobody knows who signed.
`;

/** @returns the exit code */
export type Run = (words: readonly string[], context: CommandContext) => Promise<number>;

/** The command line: the first word is the command, `--help` is there for each. */
export const createRun =
  (entries: readonly CommandEntry[], version: string): Run =>
  async (words, context) => {
    let exitCode = 0;
    const program = createProgram(context).name('tu-esign').version(version).addHelpText('after', exitCodes);
    program.description('Has agreements signed inside a host’s page: the service, and all that its operator does.');
    for (const entry of entries) {
      const command = program.command(entry.name).summary(entry.summary).description(entry.summary);
      if (!words.includes(entry.name)) continue;
      describe(command, await entry.load(), async (run, args) => void (exitCode = await run(args, context)));
    }
    try {
      await program.parseAsync([...words], { from: 'user' });
      return exitCode;
    } catch (error) {
      return toExitCode(error, words, context);
    }
  };

const createProgram = ({ print, printError }: CommandContext): Program =>
  new Program()
    .exitOverride()
    .showHelpAfterError('How it is called: --help')
    .configureOutput({ writeOut: print, writeErr: printError, getOutHelpWidth: () => 120, getErrHelpWidth: () => 120 })
    .helpCommand('help [command]', 'say how a command is called');

type Call = (run: Command['run'], args: Arguments) => Promise<void>;

const describe = (program: Program, command: Command, call: Call): void => {
  if (command.parameters) program.arguments(command.parameters);
  if (command.more) program.addHelpText('after', `\n${command.more}`);
  for (const option of command.options) program.addOption(toOption(option));
  program.action(async () => call((...given) => command.run(...given), readArguments(program)));
};

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const toOption = ({ flags, about, several }: CommandOption): Option => {
  const option = new Option(flags, several ? `${about} (may be given several times)` : about);
  return several ? option.argParser(collect) : option;
};

/** commander has options in camel case; here they are called as they are written. */
const readArguments = (program: Program): Arguments => ({
  positionals: program.args,
  values: Object.fromEntries(
    program.options.map((option) => [option.name(), program.getOptionValue(option.attributeName())]),
  ) as Arguments['values'],
});

/** What went wrong is said, and what that means to who called; a bug is thrown on. */
const toExitCode = (error: unknown, words: readonly string[], { printError }: CommandContext): number => {
  // commander has said it already, and ends with 0 where it was asked for help or the version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    printError(`${error.message}\n\nHow it is called: tu-esign ${words[0]} --help\n`);
    return 2;
  }
  if (!(error instanceof Refused)) throw error;
  printError(`${error.message}\n`);
  return 1;
};
