/**
 * Loaded before the service (`node --import`): puts points around what Node offers for files, databases and
 * HTTP, at which the process ends, freezes or fails as it was told. The service knows nothing of it.
 */
import fs from 'node:fs/promises';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { isMainThread } from 'node:worker_threads';
import { enter, wrap } from './points.ts';

/** Of a statement, its verb and its table; what only reads is no point. */
const nameStatement = (database: string, text: unknown): string | undefined => {
  const [, verb, table = ''] =
    /^\s*(begin|commit|rollback|insert|update|delete|create|alter|drop)\b(?:(?: into| table| index| from)? "?(\w+))?/i.exec(
      String(text),
    ) ?? [];
  return verb && `${database} ${verb.toLowerCase()} ${/^(?:immediate|exclusive)$/i.test(table) ? '' : table}`.trim();
};

const wrapSqlite = (): void => {
  for (const method of ['run', 'all'])
    wrap(StatementSync.prototype, method, (self) => nameStatement('sqlite', (self as StatementSync).sourceSQL));
  wrap(DatabaseSync.prototype, 'exec', (_self, [text]) => nameStatement('sqlite', text));
};

const wrapFiles = async (): Promise<void> => {
  const handle = await fs.open(process.execPath);
  const handles = Object.getPrototypeOf(handle) as object;
  await handle.close();
  wrap(handles, 'sync', () => 'file sync');
  wrap(handles, 'writeFile', () => 'file write');
  wrap(fs, 'rename', () => 'file rename');
  wrap(fs, 'rm', () => 'file delete');
  // Reading is no point.
  wrap(fs, 'open', (_self, [, flags]) => (flags === 'wx' ? 'file open' : undefined));
};

/** Whom a request goes to. */
const nameNeighbour = ({ path }: ClientRequest): string =>
  path.includes('/orders/') ? 'provider' : path.includes('/hook') ? 'webhook' : 'storage';

const watch = (request: ClientRequest): ClientRequest => {
  const neighbour = nameNeighbour(request);
  const leave = enter(`request ${neighbour}`);
  request.once('finish', leave);
  request.prependOnceListener('response', (response: IncomingMessage) => {
    const leaveAnswer = enter(`answer of ${neighbour}`);
    response.prependOnceListener('end', leaveAnswer);
  });
  return request;
};

const wrapHttp = (): void => {
  const { request } = http;
  // Nothing is sent before the next turn: the point before the request is before its first byte.
  http.request = ((...parameters: Parameters<typeof request>) => watch(request(...parameters))) as typeof request;
  wrap(http.ServerResponse.prototype, 'end', (self) =>
    (self as http.ServerResponse).req.method === 'POST' ? 'answer to the page' : undefined,
  );
};

const wrapPostgres = async (): Promise<void> => {
  const { Client } = await import('pg');
  wrap(Client.prototype, 'query', (_self, [query]) =>
    nameStatement('postgres', typeof query === 'string' ? query : Object(query).text),
  );
};

if (isMainThread) {
  wrapSqlite();
  await wrapFiles();
  wrapHttp();
  if (process.env['TU_ESIGN_DATABASE_URL']) await wrapPostgres();
  syncBuiltinESMExports();
}
