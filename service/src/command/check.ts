import { readConfig } from '#composition/config.ts';
import { checkFiles, type Difference } from '#composition/check-files.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import type { Command } from './command.ts';
import { Refused, UsageError } from './errors.ts';

/** Reads everything that is kept, and says what is not as it was. */
export const check: Command = {
  usage: 'check --files [--json]',
  summary:
    'read all files that records name, with the service’s own configuration, and say which are missing or altered',
  options: { files: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ values }, { print }) {
    if (values['files'] !== true) throw new UsageError('Say what is to be checked: --files');
    const tell = (difference: Difference) =>
      print(values['json'] === true ? `${JSON.stringify(difference)}\n` : `${describe(difference)}\n`);
    try {
      const { files, different } = await checkFiles(readConfig(process.env), tell);
      if (values['json'] !== true) print(`${files} files were read; ${different} are not as they were kept\n`);
      return different === 0 ? 0 : 1;
    } catch (cause) {
      const said = sayWhatToDo(cause, process.env);
      throw said === undefined ? cause : new Refused(said, { cause });
    }
  },
};

const describe = ({ found, key, host, signing }: Difference): string =>
  `${found}: ${key} (${signing === undefined ? `agreement of ${host}: upload it again` : `signing ${signing} of ${host}`})`;
