import { operate } from './operate.ts';
import { connectFrom } from './service-client.ts';
import { terminal } from './terminal.ts';

process.exitCode = await operate(process.argv.slice(2), { ...terminal, connect: connectFrom(process.env) });
