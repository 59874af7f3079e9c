import { textOf, type Arguments } from './arguments.ts';
import { UsageError } from './errors.ts';
import { operate } from './operate.ts';
import { createServiceClient } from './service-client.ts';
import { terminal } from './terminal.ts';

const { env } = process;

const connect = (args: Arguments) => {
  const url = textOf(args, 'service') ?? env['TU_ESIGN_PUBLIC_URL'];
  const key = env['TU_ESIGN_OPERATOR_KEY'];
  if (!url) throw new UsageError('Where is the service? Give --service URL or set TU_ESIGN_PUBLIC_URL');
  if (!key) throw new UsageError('Set TU_ESIGN_OPERATOR_KEY to the key that the service has');
  return createServiceClient({ url: url.replace(/\/+$/, ''), key });
};

process.exitCode = await operate(process.argv.slice(2), { ...terminal, connect });
