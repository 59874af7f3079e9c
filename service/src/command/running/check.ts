import { checkFiles, type Difference } from '#composition/checking/check-files.ts';
import { checkPort, checkSetup } from '#composition/checking/check-setup.ts';
import type { SetupFinding } from '#composition/checking/finding.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import { ConfigError } from '#composition/settings/config-error.ts';
import { readConfig, type Config } from '#composition/settings/config.ts';
import type { Environment } from '#composition/settings/environment.ts';
import { OperatorReload } from '@tu-esign/contract';
import { isGiven, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused } from '#command/errors.ts';
import { connect } from '#command/operate/service-client.ts';
import { sayRefused } from '#command/say-refused.ts';
import { readSettings } from '#command/settings.ts';
import { toTable } from '#command/table.ts';
import type { CommandContext } from '#command/terminal.ts';

/** Says what is wrong before a start does, or what is not as it was kept. */
export const check: Command = {
  more: `Reads settings and hosts file, the element, the port, records, files and keys, hosts' key sets and the clock, and makes
nothing. With --files it reads every file that records name instead; records in a folder are one process's alone: stop the
service for that. Exit code 1 where something is wrong.`,
  options: [
    { flags: '--files', about: 'read all files and compare them with their digests' },
    shared.json,
    shared.config,
  ],
  async run(args, context) {
    const settings = readSettings(args, context);
    if (isGiven(args, 'files')) return checkAllFiles(args, settings, context);
    const findings = [...(await look(settings)), ...(await askRunning(args, settings, context))];
    context.print(isGiven(args, 'json') ? `${JSON.stringify(findings, undefined, 2)}\n` : describe(findings));
    return findings.some(({ found }) => found === 'wrong') ? 1 : 0;
  },
};

const look = async (settings: Environment): Promise<SetupFinding[]> => {
  const say = (error: unknown): string => sayWhatToDo(error, settings) ?? String(error);
  const config = readOrTell(settings);
  if ('said' in config) return [config];
  const findings = await checkSetup(config, say);
  const runs = findings.some(({ said }) => said.includes('in use by a service'));
  return runs ? findings : [...findings, await checkPort(config, say)];
};

/** What the file as it is now would change in a service that runs: asked where there is an operator. */
const askRunning = async (args: Arguments, settings: Environment, context: CommandContext): Promise<SetupFinding[]> => {
  if (!settings['TU_ESIGN_OPERATOR_KEY']) return [];
  try {
    const { changes } = await connect(args, context).post('/v1/operator/reload?intent=tell', OperatorReload);
    const said =
      changes.length > 0 ? `a reload would change: ${changes.join(' · ')}` : 'the service has this hosts file';
    return [{ part: 'running', found: 'good', said }];
  } catch (error) {
    // That it does not run is no fault, and what is wrong with the file was said already.
    if (error instanceof Refused) return [];
    throw error;
  }
};

const readOrTell = (settings: Environment): Config | SetupFinding => {
  try {
    return readConfig(settings);
  } catch (error) {
    if (error instanceof ConfigError) return { part: 'settings', found: 'wrong', said: error.message };
    throw error;
  }
};

const marks = { good: 'good', unsure: '-', wrong: 'WRONG' };

const describe = (findings: readonly SetupFinding[]): string => {
  const wrong = findings.filter(({ found }) => found === 'wrong').length;
  const rows = findings.map(({ part, found, said }) => [marks[found], part, said]);
  return `${toTable(rows)}\n${wrong ? `${wrong} to set right.` : 'Nothing is wrong.'}\n`;
};

const checkAllFiles = async (args: Arguments, settings: Environment, { print }: CommandContext): Promise<number> => {
  const json = isGiven(args, 'json');
  const tell = (difference: Difference) =>
    print(json ? `${JSON.stringify(difference)}\n` : `${describeFile(difference)}\n`);
  const { files, different } = await sayRefused(settings, () => checkFiles(readConfig(settings), tell));
  if (!json) print(`${files} files were read; ${different} are not as they were kept\n`);
  return different === 0 ? 0 : 1;
};

const describeFile = ({ found, key, host, signing }: Difference): string =>
  `${found}: ${key} (${signing === undefined ? `agreement of ${host}: upload it again` : `signing ${signing} of ${host}`})`;
