import { restoreBackup } from '#composition/keeping/restore.ts';
import { readConfig } from '#composition/settings/config.ts';
import { requirePositional } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { readSettings } from '#command/settings.ts';
import { sayRefused } from '#command/say-refused.ts';

/** Puts a backup where a new service would begin. */
export const restore: Command = {
  parameters: '<folder>',
  more: `Where it goes must be empty: TU_ESIGN_DATA, or the database of TU_ESIGN_DATABASE_URL, into which pg_restore puts it.
What is there already is never written over.`,
  options: [shared.config],
  async run(args, context) {
    const settings = readSettings(args, context);
    const folder = context.resolve(requirePositional(args, 0, 'the folder'));
    const files = await sayRefused(settings, () => restoreBackup(readConfig(settings), folder));
    context.print(`The records, the keys and ${files} files are back. Look at all of them: tu-esign check --files\n`);
    return 0;
  },
};
