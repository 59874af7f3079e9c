import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { FakeService } from './fake-service.ts';

/** Where the CDN build lies. */
export const cdn = join(import.meta.dirname, '../dist/cdn');

/** The CDN build, the fake service and a host's page at one address, as a browser meets them. */
export interface CdnServer {
  url: string;
  /** Adds a document; the page shows the one that its address names: `?digest=…`, with hints where it says `&hints`. */
  add(pdf: Buffer, pages: number): string;
  stop(): void;
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
  '.css': 'text/css',
};

const page = (hints: string) => `<!doctype html><html lang="es"><meta charset="utf-8"><title>Host</title>${hints}
<script type="module" src="/tu-esign.js"></script>
<tu-esign></tu-esign>
<script>
  const claims = {
    identifier: crypto.randomUUID(),
    exp: Date.now() / 1000 + 600,
    locale: 'es-MX',
    document: { digest: new URLSearchParams(location.search).get('digest') },
  };
  const element = document.querySelector('tu-esign');
  element.addEventListener('tu-esign-ready', () => (globalThis.readyAt = performance.now()));
  element.getToken = async () => 'header.' + btoa(JSON.stringify(claims)) + '.signature';
</script></html>`;

/** What docs/guides/first-page.md says a page may fetch ahead, by names from integrity.json. */
function hints(): string {
  const names = Object.keys(JSON.parse(readFileSync(join(cdn, 'integrity.json'), 'utf8')) as object);
  const find = (part: string) => names.find((name) => name.includes(part))!;
  return `
<link rel="modulepreload" href="${find('document-pane-')}">
<link rel="preload" as="fetch" href="${find('pdf.worker-')}" crossorigin>`;
}

const hashed = /-[\w-]{8}\.m?js$/;

/** With other files beside them, by path. */
export async function startCdn(files: Record<string, string | Buffer> = {}): Promise<CdnServer> {
  const service = new FakeService();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await service.answer(request, response)) return;
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const file = join(cdn, pathname);
    const type = types[extname(file)] ?? 'application/octet-stream';
    // As the service has it.
    if (hashed.test(pathname)) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    if (pathname === '/')
      response.setHeader('content-type', 'text/html').end(page(searchParams.has('hints') ? hints() : ''));
    else if (files[pathname]) response.setHeader('content-type', type).end(files[pathname]);
    else if (!existsSync(file)) response.writeHead(404).end();
    else {
      const compressed = existsSync(`${file}.br`);
      response.setHeader('content-type', type);
      if (compressed) response.setHeader('content-encoding', 'br');
      createReadStream(compressed ? `${file}.br` : file).pipe(response);
    }
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    add: (pdf, pages) => service.add(pdf, pages),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
