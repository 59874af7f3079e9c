import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import type { Context, Middleware } from 'koa';

/** The page, as it lies in this package. */
const files: Record<string, string> = {
  '/': '../index.html',
  '/style.css': '../style.css',
  '/src/page.ts': './page.ts',
  '/src/panel.ts': './panel.ts',
  '/src/api.ts': './api.ts',
};

const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.ts': 'text/javascript' };

/** What a page with the element needs to allow: the service, and the worker that draws the document. */
const policyOf = (service: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${service} 'wasm-unsafe-eval'`,
    `connect-src 'self' ${service}`,
    `font-src ${service}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Serves the page; the browser gets its TypeScript without the types. */
export const createPageFiles =
  (service: string): Middleware =>
  async (context, next) => {
    const file = context.method === 'GET' || context.method === 'HEAD' ? files[context.path] : undefined;
    if (file) await answer(context, file, service);
    else await next();
  };

const answer = async (context: Context, file: string, service: string): Promise<void> => {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  const ending = extname(file);
  context.set('content-security-policy', policyOf(service));
  context.set('cache-control', 'no-cache');
  context.type = types[ending]!;
  context.body = ending === '.ts' ? stripTypeScriptTypes(text) : text.replaceAll('{service}', service);
};
