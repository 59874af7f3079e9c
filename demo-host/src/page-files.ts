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

export interface PageOptions {
  /** Address of the service. */
  service: string;
  /** Who signs. */
  provider: string;
}

/** Serves the page; the browser gets its TypeScript without the types. */
export const createPageFiles = async ({ service, provider }: PageOptions): Promise<Middleware> => {
  const read = async ([path, file]: [string, string]): Promise<[string, PageFile]> => {
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    const ending = extname(file);
    const body =
      ending === '.ts'
        ? stripTypeScriptTypes(text)
        : text.replaceAll('{service}', service).replaceAll('{provider}', provider);
    return [path, { type: types[ending]!, body }];
  };
  const headers = { 'content-security-policy': policyOf(service), 'cache-control': 'no-cache' };
  const loaded = new Map(await Promise.all(Object.entries(files).map(read)));
  return async (context, next) => {
    const file = ['GET', 'HEAD'].includes(context.method) ? loaded.get(context.path) : undefined;
    if (file) answer(context, file, headers);
    else await next();
  };
};

interface PageFile {
  type: string;
  body: string;
}

const answer = (context: Context, { type, body }: PageFile, headers: Record<string, string>): void => {
  context.set(headers);
  context.type = type;
  context.body = body;
};
