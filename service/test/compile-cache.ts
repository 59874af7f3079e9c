import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For processes and threads that tests start: most of what they do is loading the same files. */
export const compileCache = {
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'tu-esign-compile-cache'),
};
