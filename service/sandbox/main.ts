import { runSandbox } from './run.ts';

await runSandbox(process.env, (text) => void process.stdout.write(text)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
