import type { Command } from '#command/command.ts';
import { Refused } from '#command/errors.ts';

/** Tu Identidad's wire, for development. */
export const sandbox: Command = {
  more: `SANDBOX_PORT (8090), SANDBOX_API_KEY (sandbox) and SANDBOX_FOLDER (.data/sandbox) move it. It listens on this machine
alone, and refuses to run with NODE_ENV=production.`,
  options: [],
  async run(_args, { environment, print }) {
    const { runSandbox } = await import('#sandbox/run.ts');
    await runSandbox(environment, print).catch((cause: Error) => {
      throw new Refused(cause.message, { cause });
    });
    return 0;
  },
};
