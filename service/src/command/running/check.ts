import { isGiven } from '#command/arguments.ts';
import { readSettings } from '#command/settings.ts';
import { readConfig } from '#composition/settings/config.ts';
import { checkFiles, type Difference } from '#composition/check-files.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';

/** Reads everything that is kept, and says what is not as it was. */
export const check: Command = {
  options: [
    { flags: '--files', about: 'read all files and compare them with their digests' },
    shared.json,
    shared.config,
  ],
  async run(args, context) {
    const { print } = context;
    const settings = readSettings(args, context);
    if (!isGiven(args, 'files')) throw new UsageError('Say what is to be checked: --files');
    const tell = (difference: Difference) =>
      print(isGiven(args, 'json') ? `${JSON.stringify(difference)}\n` : `${describe(difference)}\n`);
    try {
      const { files, different } = await checkFiles(readConfig(settings), tell);
      if (!isGiven(args, 'json')) print(`${files} files were read; ${different} are not as they were kept\n`);
      return different === 0 ? 0 : 1;
    } catch (cause) {
      const said = sayWhatToDo(cause, settings);
      throw said === undefined ? cause : new Refused(said, { cause });
    }
  },
};

const describe = ({ found, key, host, signing }: Difference): string =>
  `${found}: ${key} (${signing === undefined ? `agreement of ${host}: upload it again` : `signing ${signing} of ${host}`})`;
