import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';
import { createFirstFiles, type FirstFile, type FirstFilesOptions } from './first-files.ts';
import { toNextSteps } from './next-steps.ts';

/** All that a first start needs, and what to do with it. */
export const init: Command = {
  parameters: '[folder]',
  more: `It writes settings, a hosts file with comments, a key pair for the host and what mints a token with it, and says what to
do next. Nothing that is there already is touched.`,
  options: [
    { flags: '--issuer <url>', about: '`iss` of the host’s tokens; by default its origin' },
    { flags: '--origin <origin>', about: 'of the host’s page; by default http://localhost:3000' },
    { flags: '--public-url <url>', about: 'where browsers reach the service; by default http://localhost:8080' },
    shared.json,
  ],
  async run(args, { resolve, print }) {
    const folder = resolve(args.positionals[0] ?? '.');
    const options = readOptions(args);
    const files = createFirstFiles(options);
    await writeAll(folder, files);
    const shown = relative(resolve('.'), folder);
    if (args.values['json'] === true) print(`${JSON.stringify({ folder, files: files.map(({ name }) => name) })}\n`);
    else print(toNextSteps({ ...options, folder: shown, files }));
    return 0;
  },
};

const readOptions = (args: Arguments): FirstFilesOptions => {
  const origin = readUrl(textOf(args, 'origin') ?? 'http://localhost:3000', '--origin');
  if (new URL(origin).origin !== origin) throw new UsageError('--origin is scheme, host and port, without a path');
  const publicUrl = readUrl(textOf(args, 'public-url') ?? 'http://localhost:8080', '--public-url');
  return { origin, publicUrl, issuer: readUrl(textOf(args, 'issuer') ?? origin, '--issuer') };
};

const readUrl = (text: string, option: string): string => {
  const url = text.replace(/\/+$/, '');
  if (!/^https?:\/\/[^\s"'\\`$]+$/.test(url) || !URL.canParse(url)) throw new UsageError(`${option} is no address`);
  return url;
};

const writeAll = async (folder: string, files: readonly FirstFile[]): Promise<void> => {
  const there = files.filter(({ name }) => existsSync(join(folder, name))).map(({ name }) => name);
  if (there.length > 0) throw new Refused(`${folder} has ${there.join(', ')} already: nothing was written`);
  await mkdir(folder, { recursive: true });
  for (const { name, text, secret } of files)
    await writeFile(join(folder, name), text, { mode: secret ? 0o600 : 0o644, flag: 'wx' });
};
