import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import { listBuilt } from './built-files.ts';
import { policyOf } from './page-files.ts';

const folder = fileURLToPath(new URL('../frameworks', import.meta.url));
const frameworks = ['react', 'vue', 'angular'];

/**
 * Serves the page of each framework at its name, where it was built before the start (`npm run frameworks`).
 */
export const createFrameworkPages = async (service: string): Promise<Middleware> => {
  const files = new Map(
    (await Promise.all(frameworks.map((name) => listBuilt(join(folder, name, 'dist'), `/${name}`)))).flat(),
  );
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
