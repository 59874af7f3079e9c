import { z } from 'zod';
import { startSandbox } from './sandbox.ts';

const Environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  SANDBOX_API_KEY: z.string().min(1).default('sandbox'),
  SANDBOX_FOLDER: z.string().min(1).default('.data/sandbox'),
});

/** The sandbox as a process, stopped by a signal. */
export const runSandbox = async (
  environment: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<void> => {
  const { SANDBOX_PORT: port, SANDBOX_API_KEY: apiKey, SANDBOX_FOLDER: folder } = Environment.parse(environment);
  const sandbox = await startSandbox({ port, apiKey, folder });
  print(`The sandbox of Tu Identidad listens at ${sandbox.url}; what it signed is in ${folder}.\n`);
  const stop = () => void sandbox.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
};
