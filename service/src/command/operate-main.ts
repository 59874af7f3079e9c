import { resolve } from 'node:path';
import { textOf, UsageError, type Given } from './command.ts';
import { operate } from './operate.ts';
import { createServiceClient } from './service-client.ts';

const { env } = process;

const connect = (given: Given) => {
  const url = textOf(given, 'service') ?? env['TU_ESIGN_PUBLIC_URL'];
  const key = env['TU_ESIGN_OPERATOR_KEY'];
  if (!url) throw new UsageError('Where is the service? Give --service URL or set TU_ESIGN_PUBLIC_URL');
  if (!key) throw new UsageError('Set TU_ESIGN_OPERATOR_KEY to the key that the service has');
  return createServiceClient({ url: url.replace(/\/+$/, ''), key });
};

process.exitCode = await operate(process.argv.slice(2), {
  connect,
  // npm runs scripts where package.json is, and tells where it was called.
  resolve: (path) => resolve(env['INIT_CWD'] ?? '.', path),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
