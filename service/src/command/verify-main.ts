import { resolve } from 'node:path';
import { verify } from './verify.ts';

process.exitCode = await verify(process.argv.slice(2), {
  // npm runs scripts where package.json is, and tells where it was called.
  resolve: (path) => resolve(process.env['INIT_CWD'] ?? '.', path),
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});
