import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postQuery } from '#conservation/post-query.ts';
import { createSend } from '#notification/webhook.ts';
import { exchange } from '#tu-identidad/exchange.ts';
import { createGuard } from '#network/guard.ts';

let server: Server;
let url: string;
beforeAll(async () => {
  // Before the whole request is there, as a server does that has seen enough.
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const timeoutMs = 5_000;
const large = 'A'.repeat(4_000_000);
const secrets = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`];
const send = createSend({ now: () => new Date() });

const calls: [string, (signal: AbortSignal) => Promise<unknown>][] = [
  [
    'Tu Identidad',
    (signal) => exchange({ url, apiKey: 'key', body: { document: large }, timeoutMs, signal, connections: undefined }),
  ],
  ['an authority', (signal) => postQuery({ url, timeoutMs }, Buffer.from(large), signal)],
  ['a host', () => send({ url, secrets, allowPrivate: true }, { id: 'msg_1', body: large })],
];

test.each(calls)('what goes wrong once %s has answered ends no process', async (_who, call) => {
  const complaints: unknown[] = [];
  const complain = ({ name }: Error) => complaints.push(name);
  process.on('uncaughtException', complain);
  // A guard aborts what has returned.
  const guard = createGuard({ timeoutMs, concurrency: 1, failures: 1_000, pauseMs: 100 });
  for (let times = 0; times < 10; times += 1) await guard(call).catch(() => {});
  await wait(50);
  process.off('uncaughtException', complain);
  expect(complaints).toEqual([]);
});
