import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Middleware } from 'koa';
import { listBuilt } from './built-files.ts';

const built = fileURLToPath(new URL('../../docs/site/dist/site', import.meta.url));

/** The site has scripts and styles in its pages, and fetches nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the documentation at /docs, where it was built before the start (`npm run docs`). */
export const createDocumentation = async (folder: string = built): Promise<Middleware> => {
  const files = new Map(await listBuilt(folder, '/docs'));
  return async (context, next) => {
    const { path } = context;
    const file = files.get(path.endsWith('/') ? `${path}index.html` : path) ?? files.get(`${path}.html`);
    if (file) {
      context.set({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
      context.type = extname(file);
      context.body = await readFile(file);
    } else if (path === '/docs') context.redirect('/docs/');
    else if (path.startsWith('/docs/'))
      context.throw(404, files.size ? 'There is no such page' : 'npm run docs builds it');
    else await next();
  };
};
