import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, askForStatus, readRetryAfter, type HttpRequest, type NoAnswer } from './http-client.ts';

let server: Server;
let url: string;
let answer: RequestListener;
const asked: { method: string | undefined; body: string }[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    asked.push({ method: request.method, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => server.close());

const request = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  url,
  headers: { authorization: 'Bearer muy-secreto', 'x-key': 'llave-secreta' },
  body: '{"email":"ana@example.org"}',
  timeoutMs: 60_000,
  mostBytes: 1_000,
  ...changes,
});

/** What was thrown, which tells nothing of the request however it is printed. */
const faultOf = async (work: Promise<unknown>): Promise<Pick<NoAnswer, 'name' | 'code' | 'nothingSent'>> => {
  const error = await work.then(
    () => {
      throw new Error('it has answered');
    },
    (thrown: unknown) => thrown as NoAnswer,
  );
  const printed = inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error);
  for (const secret of ['muy-secreto', 'llave-secreta', 'ana@example.org']) expect(printed).not.toContain(secret);
  const { name, code, nothingSent } = error;
  return { name, code, nothingSent };
};

const broken = (code: string | undefined, nothingSent = false) => ({ name: 'NoAnswer', code, nothingSent });

test('an answer is read whole, whatever its status, and is asked for once', async () => {
  answer = (_request, response) => response.writeHead(503, { 'retry-after': '7' }).end('not now');
  const { status, headers, body } = await ask(request());
  expect([status, headers['retry-after'], body.toString()]).toEqual([503, '7', 'not now']);
  expect(asked).toEqual([{ method: 'POST', body: '{"email":"ana@example.org"}' }]);
});

test('without a body it is a GET', async () => {
  answer = (_request, response) => response.end('here');
  const { body: _, ...withoutBody } = request();
  expect((await ask(withoutBody)).body.toString()).toBe('here');
  expect(asked).toEqual([{ method: 'GET', body: '' }]);
});

test('a redirect is an answer, and is not followed', async () => {
  answer = (_request, response) => response.writeHead(307, { location: url }).end();
  expect((await ask(request())).status).toBe(307);
  expect((await askForStatus(request())).status).toBe(307);
  expect(asked).toHaveLength(2);
});

test('of an answer so many bytes are read and no more', async () => {
  answer = (_request, response) => response.end('x'.repeat(1_000));
  expect((await ask(request())).body).toHaveLength(1_000);
  answer = (_request, response) => response.end('x'.repeat(1_001));
  expect(await faultOf(ask(request()))).toEqual(broken('answer-too-large'));
  expect((await askForStatus(request())).status).toBe(200);
});

test('an answer that has to be unpacked is bounded by what comes out', async () => {
  const packed = gzipSync(Buffer.alloc(1024 * 1024));
  answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
  expect(packed.length).toBeLessThan(2_000);
  expect(await faultOf(ask(request({ mostBytes: 10_000 })))).toEqual(broken('answer-too-large'));
});

test('an answer that comes in part, and then no more, ends in time', async () => {
  answer = (_request, response) => void response.writeHead(200).write('half');
  expect(await faultOf(ask(request({ timeoutMs: 4_000 })))).toEqual(broken('ETIMEDOUT'));
  expect((await askForStatus(request({ timeoutMs: 4_000 }))).status).toBe(200);
});

test('no answer at all is told as such, and that something was sent', async () => {
  answer = () => {};
  expect(await faultOf(ask(request({ timeoutMs: 200 })))).toEqual(broken('ETIMEDOUT'));
  expect(await faultOf(askForStatus(request({ timeoutMs: 200 })))).toEqual(broken('ETIMEDOUT'));
  answer = (_request, response) => response.destroy();
  expect(await faultOf(ask(request()))).toEqual(broken('ECONNRESET'));
});

test('where nobody is there, surely nothing was sent', async () => {
  const away = request({ url: 'http://127.0.0.1:9/' });
  for (const call of [ask, askForStatus]) expect(await faultOf(call(away))).toEqual(broken('ECONNREFUSED', true));
  expect(await faultOf(ask(request({ url: 'https://nobody.invalid/' })))).toMatchObject({ nothingSent: true });
});

test('who waits no longer ends the request', async () => {
  answer = () => {};
  const waiting = new AbortController();
  const lost = faultOf(ask(request({ signal: waiting.signal })));
  await wait(50);
  waiting.abort();
  expect(await lost).toMatchObject({ name: 'NoAnswer', nothingSent: false });
});

test('Retry-After is read as seconds and as a date; anything else is not read', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const read = (value: string | undefined) =>
    readRetryAfter({ status: 503, headers: { ...(value !== undefined && { 'retry-after': value }) } }, now);
  expect(read('120')).toBe(120_000);
  expect(read('Tue, 24 Nov 2026 12:01:00 GMT')).toBe(60_000);
  for (const value of [undefined, '', '0', '-5', 'soon', 'Tue, 24 Nov 2026 11:00:00 GMT'])
    expect(read(value)).toBeUndefined();
});
