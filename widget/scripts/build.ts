import { execFileSync } from 'node:child_process';
import { build } from 'vite';
import { bundleWorker, nameWorker } from './bundle/bundle-worker.ts';
import { compress } from './bundle/compress.ts';
import { copyPdfjs } from './bundle/copy-pdfjs.ts';
import { writeIntegrity } from './write-integrity.ts';
import { writeTypes } from './write-types.ts';
import { writeWrappers } from './write-wrappers.ts';

// Whoever starts this: with NODE_ENV=test, Vite would bundle Lit's development build.
process.env.NODE_ENV = 'production';

const worker = await bundleWorker();
const plugins = [nameWorker(worker.entry)];

await build({ mode: 'cdn', logLevel: 'warn', plugins });
await copyPdfjs('dist/cdn', worker);
await writeIntegrity('dist/cdn');
await compress('dist/cdn', 'node_modules/.cache/brotli');

await build({ mode: 'npm', logLevel: 'warn', plugins });
await writeTypes('dist/npm');

execFileSync('npm', ['run', '--silent', 'analyze'], { stdio: 'inherit' });
await writeWrappers('dist/npm');
