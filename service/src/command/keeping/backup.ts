import { backUp } from '#composition/keeping/backup.ts';
import { readConfig } from '#composition/settings/config.ts';
import { requirePositional } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { readSettings } from '#command/settings.ts';
import { sayRefused } from '#command/say-refused.ts';

/** Copies all that is kept into a folder. */
export const backup: Command = {
  parameters: '<folder>',
  more: `The folder must be new or empty; it holds keys, and is for its owner alone. With records in a folder the service must be
stopped for it; with PostgreSQL it may run, and pg_dump is needed. Exit code 1 where a file that records name is missing or
altered: the rest is in the backup.`,
  options: [shared.config],
  async run(args, context) {
    const settings = readSettings(args, context);
    const folder = context.resolve(requirePositional(args, 0, 'the folder'));
    const { files, damaged } = await sayRefused(settings, () => backUp(readConfig(settings), folder));
    for (const key of damaged) context.print(`missing or altered: ${key}\n`);
    context.print(`${folder} has the records, the keys and ${files} files. Keep it where the service’s disk is not.\n`);
    return damaged.length === 0 ? 0 : 1;
  },
};
