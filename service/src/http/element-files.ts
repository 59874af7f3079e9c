import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Context, Middleware } from 'koa';

const mount = '/element/';
/** What pages load first: without it there is no element. */
const entry = 'tu-esign.js';

/** Media types of what the build holds; the rest is data. */
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
};

interface ElementFile {
  etag: string;
  /** Whether a copy compressed with brotli lies beside it. */
  compressed: boolean;
}

/** The element's CDN build, as it was at the start. */
export interface ElementFiles {
  /** Whether the element was expected in a folder and is not there. */
  missing: boolean;
  serve: Middleware;
}

/**
 * Serves the element's CDN build. Only what was there at the start is served, so that no address leads out of
 * the folder; every page may load it, since it holds nothing of anybody's.
 * @param folder undefined where pages load the element from elsewhere
 */
export const openElementFiles = async (folder: string | undefined): Promise<ElementFiles> => {
  if (folder === undefined) return { missing: false, serve: (_context, next) => next() };
  const files = await listFiles(folder);
  return { missing: !files.has(entry), serve: createServe(folder, files) };
};

const createServe =
  (folder: string, files: Map<string, ElementFile>): Middleware =>
  async (context, next) => {
    const name = context.path.slice(mount.length);
    const file = context.path.startsWith(mount) && context.method !== 'OPTIONS' ? files.get(name) : undefined;
    if (file) context.state['route'] = `${mount}*`;
    if (file) answer(context, { folder, name, file });
    else await next();
  };

interface ServedFile {
  folder: string;
  name: string;
  file: ElementFile;
}

const answer = (context: Context, { folder, name, file }: ServedFile): void => {
  context.set('access-control-allow-origin', '*');
  context.set('cross-origin-resource-policy', 'cross-origin');
  context.set('x-content-type-options', 'nosniff');
  context.set('cache-control', isHashed(name) ? 'public, max-age=31536000, immutable' : 'public, no-cache');
  context.vary('Accept-Encoding');
  context.etag = file.etag;
  context.status = 200;
  if (context.fresh) {
    context.status = 304;
    return;
  }
  const compressed = file.compressed && context.acceptsEncodings('br') === 'br';
  if (compressed) context.set('content-encoding', 'br');
  context.type = types[extname(name)] ?? 'application/octet-stream';
  context.body = createReadStream(join(folder, compressed ? `${name}.br` : name));
};

/** What may be kept for ever: Vite names chunks by their content, and pdf.js's folder carries its release. */
const isHashed = (name: string): boolean => /-[\w-]{8}\.\w+$/.test(name) || /^pdfjs-\d/.test(name);

const listFiles = async (folder: string): Promise<Map<string, ElementFile>> => {
  // A service without the build still signs for whoever has the element; that it is missing is told.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names = new Set(paths);
  const originals = paths.filter((path) => !path.endsWith('.br'));
  const described = originals.map(async (path): Promise<[string, ElementFile]> => {
    const { size, mtimeMs } = await stat(path);
    const name = path.slice(join(folder, '/').length).replaceAll('\\', '/');
    return [name, { etag: `W/"${size}-${Math.round(mtimeMs)}"`, compressed: names.has(`${path}.br`) }];
  });
  return new Map(await Promise.all(described));
};
