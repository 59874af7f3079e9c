import { execFileSync } from 'node:child_process';
import { build } from 'vite';
import { buildCdn } from './build-cdn.ts';
import { nameWorker } from './bundle/bundle-worker.ts';
import { writeTypes } from './write-types.ts';
import { writeWrappers } from './write-wrappers.ts';

const worker = await buildCdn();

await build({ mode: 'npm', logLevel: 'warn', plugins: [nameWorker(worker.entry)] });
await writeTypes('dist/npm');

execFileSync('npm', ['run', '--silent', 'analyze'], { stdio: 'inherit' });
await writeWrappers('dist/npm');
