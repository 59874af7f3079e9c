import { execFileSync } from 'node:child_process';
import { build } from 'vite';
import { compress } from './compress.ts';
import { copyPdfjs } from './copy-pdfjs.ts';
import { writeIntegrity } from './write-integrity.ts';
import { writeTypes } from './write-types.ts';
import { writeWrappers } from './write-wrappers.ts';

// Whoever starts this: with NODE_ENV=test, Vite would bundle Lit's development build.
process.env.NODE_ENV = 'production';

await build({ mode: 'cdn', logLevel: 'warn' });
await copyPdfjs('dist/cdn');
await writeIntegrity('dist/cdn');
await compress('dist/cdn', 'node_modules/.cache/brotli');

await build({ mode: 'npm', logLevel: 'warn' });
await writeTypes('dist/npm');

execFileSync('npm', ['run', '--silent', 'analyze'], { stdio: 'inherit' });
await writeWrappers('dist/npm');
