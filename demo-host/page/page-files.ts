import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import type { Context, Middleware } from 'koa';

/** The page, as it lies in this package. */
const files: Record<string, string> = {
  '/': 'index.html',
  '/favicon.svg': 'favicon.svg',
  '/social.png': 'social.png',
  '/page/style.css': 'style.css',
  '/page/page.ts': 'page.ts',
  '/drawer/drawer.css': '../drawer/drawer.css',
  '/panel/asks.ts': '../panel/asks.ts',
  ...Object.fromEntries(
    ['api', 'ask-form', 'drawer', 'failures', 'follow', 'look', 'playground', 'show-token', 'snippets', 'timeline'].map(
      (name) => [`/drawer/${name}.ts`, `../drawer/${name}.ts`],
    ),
  ),
};

const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.ts': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** What a page with the element needs to allow: the service, and the worker that draws the document. */
export const policyOf = (service: string, framedBy = "'none'"): string =>
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
    `frame-src ${framedBy}`,
    `frame-ancestors ${framedBy}`,
  ].join('; ');

export interface PageOptions {
  /** Address of the service. */
  service: string;
  /** Who signs. */
  provider: string;
  /** Where the page is: pictures that other sites show of it are named by their whole address. */
  origin: string;
}

/** Serves the page. */
export const createPageFiles = ({ service, provider, origin }: PageOptions): Promise<Middleware> =>
  createFiles({ files, from: import.meta.url, words: { service, provider, origin }, policy: policyOf(service) });

export interface FilesOptions {
  /** Files by their address. */
  files: Record<string, string>;
  /** The module beside which they lie. */
  from: string;
  /** What stands for {names} in them. */
  words: Record<string, string>;
  /** Content-Security-Policy of each. */
  policy: string;
}

/** Serves files; the browser gets TypeScript without the types. */
export const createFiles = async ({ files, from, words, policy }: FilesOptions): Promise<Middleware> => {
  const read = async ([path, file]: [string, string]): Promise<[string, PageFile]> => {
    const bytes = await readFile(new URL(file, from));
    const ending = extname(file);
    return [path, { type: types[ending]!, body: bodyOf(bytes, ending, words) }];
  };
  const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache' };
  const loaded = new Map(await Promise.all(Object.entries(files).map(read)));
  return async (context, next) => {
    const file = ['GET', 'HEAD'].includes(context.method) ? loaded.get(context.path) : undefined;
    if (file) answer(context, file, headers);
    else await next();
  };
};

const bodyOf = (bytes: Buffer, ending: string, words: Record<string, string>): string | Buffer => {
  if (ending === '.png') return bytes;
  return ending === '.ts' ? stripTypeScriptTypes(bytes.toString()) : fill(bytes.toString(), words);
};

const fill = (text: string, words: Record<string, string>): string =>
  text.replaceAll(/\{(\w+)\}/g, (braced, name: string) => words[name] ?? braced);

interface PageFile {
  type: string;
  body: string | Buffer;
}

const answer = (context: Context, { type, body }: PageFile, headers: Record<string, string>): void => {
  context.set(headers);
  context.type = type;
  context.body = body;
};
