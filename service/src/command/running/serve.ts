import type { Command } from '#command/command.ts';
import { shared } from '#command/command.ts';
import { readSettings } from '#command/settings.ts';
import { runService } from './run-service.ts';

/** The service as a process. */
export const serve: Command = {
  more: `SIGTERM and SIGINT stop it once what is under way has ended. Settings are variables of the environment, or a file of
the same names; \`tu-esign init\` writes a first one, and \`tu-esign check\` says what is wrong with it.`,
  options: [shared.config],
  async run(args, context) {
    await runService({ readSettings: () => readSettings(args, context) });
    return 0;
  },
};
