import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import { policyOf } from './page-files.ts';

const folder = fileURLToPath(new URL('../frameworks', import.meta.url));
const frameworks = ['react', 'vue', 'angular'];

/**
 * Serves the page of each framework at its name, where it was built before the start (`npm run frameworks`). Only what
 * was there at the start is served, so that no address leads out of the folder.
 */
export const createFrameworkPages = async (service: string): Promise<Middleware> => {
  const files = new Map((await Promise.all(frameworks.map(listFiles))).flat());
  return async (context, next) => {
    const { path } = context;
    const file = files.get(path.endsWith('/') ? `${path}index.html` : path);
    if (file) {
      context.set({ 'content-security-policy': policyOf(service), 'cache-control': 'no-cache' });
      context.type = extname(file);
      const body = await readFile(file);
      context.body = file.endsWith('.html') ? body.toString().replaceAll('{service}', service) : body;
    } else if (frameworks.includes(path.slice(1))) context.redirect(`${path}/`);
    else if (frameworks.includes(path.slice(1, -1))) context.throw(404, 'npm run frameworks builds this page');
    else await next();
  };
};

/** What a browser asks for, and where it is. */
const listFiles = async (name: string): Promise<[string, string][]> => {
  const built = join(folder, name, 'dist');
  const entries = await readdir(built, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [`/${name}${file.slice(built.length).replaceAll('\\', '/')}`, file]);
};
