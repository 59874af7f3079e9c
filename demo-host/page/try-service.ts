import { Readable } from 'node:stream';
import type { Context, Middleware } from 'koa';

const mount = '/docs/service';

const passedOn = ['authorization', 'content-type', 'accept'];

const headersOf = (context: Context): Record<string, string> =>
  Object.fromEntries(passedOn.map((name) => [name, context.get(name)] as const).filter(([, value]) => value !== ''));

const told = ['content-type', 'location', 'request-id', 'retry-after', 'etag'];

const ask = (service: string, context: Context): Promise<Response> => {
  const body = ['GET', 'HEAD'].includes(context.method) ? undefined : Readable.toWeb(context.req);
  const address = service + context.path.slice(mount.length) + context.search;
  const init = { method: context.method, headers: headersOf(context), body, duplex: 'half', redirect: 'manual' };
  return fetch(address, init as RequestInit);
};

const passOn = async (service: string, context: Context): Promise<void> => {
  const answer = await ask(service, context).catch(() => context.throw(502, 'the service does not answer'));
  context.status = answer.status;
  for (const name of told) if (answer.headers.has(name)) context.set(name, answer.headers.get(name)!);
  context.body = answer.body && Readable.fromWeb(answer.body as never);
};

/**
 * Passes on to the service what is tried in the documentation. As a server's request, without the page's origin: tokens
 * of back ends are refused where a page sends them.
 */
export const createTryService =
  (service: string): Middleware =>
  async (context, next) => {
    if (context.path.startsWith(`${mount}/`)) await passOn(service, context);
    else await next();
  };
