import packageJson from '../package.json' with { type: 'json' };
import { commands } from '#command/commands.ts';
import { createRun } from '#command/program.ts';
import { terminal } from '#command/terminal.ts';

const code = await createRun(commands, packageJson.version)(process.argv.slice(2), terminal);
// What runs on (serve, sandbox) says itself how it ends.
if (code !== 0) process.exitCode = code;
