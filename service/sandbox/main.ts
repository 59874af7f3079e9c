import { z } from 'zod';
import { startSandbox } from './sandbox.ts';

const Environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  SANDBOX_API_KEY: z.string().min(1).default('sandbox'),
  SANDBOX_FOLDER: z.string().min(1).default('.data/sandbox'),
});

const start = async (): Promise<void> => {
  const { SANDBOX_PORT: port, SANDBOX_API_KEY: apiKey, SANDBOX_FOLDER: folder } = Environment.parse(process.env);
  const sandbox = await startSandbox({ port, apiKey, folder });
  process.stdout.write(`The sandbox of Tu Identidad listens at ${sandbox.url}; what it signed is in ${folder}.\n`);
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
};

await start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
