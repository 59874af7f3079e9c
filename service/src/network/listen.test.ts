import { once } from 'node:events';
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { listen, type Listener } from './listen.ts';

let listener: Listener;
afterEach(() => listener.close(0));

/** As good as none: a busy machine takes its time. */
const patient = { headersMs: 60_000, requestMs: 60_000 };

const start = async (limits = patient): Promise<void> => {
  listener = await listen({ port: 0, address: '127.0.0.1', ...limits });
  listener.answerWith((request, response) => {
    request.resume().on('end', () => response.end('read'));
  });
};

/** Sends a piece every 100 ms until it is cut off; tells what was answered. */
const trickle = async (first: string, piece: string) => {
  const socket = connect(listener.port, '127.0.0.1');
  // Who goes on sending is told by a reset, behind the answer.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.write(first);
  // Only once what has come was read: a write that fails would throw the answer away unread.
  const more = setInterval(() => setImmediate(() => socket.write(piece)), 100);
  await closed;
  clearInterval(more);
  return answer;
};

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-More: x\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n', 'x'],
])('who sends %s piece by piece is cut off', async (_name, first, piece) => {
  await start({ headersMs: 300, requestMs: 600 });
  expect(await trickle(first, piece)).toMatch(
    /^HTTP\/1.1 408 .*\r\n\r\n\{"type":"urn:tu-esign:problem:request-timeout"/s,
  );
  // Others are answered, in time where the machine gives them some.
  await expect.poll(async () => (await fetch(`http://127.0.0.1:${listener.port}`)).text()).toBe('read');
});

test.each([
  ['is no HTTP', 'What is there to sign?\r\n\r\n', '400', 'request-malformed'],
  [
    'has too many headers',
    `GET / HTTP/1.1\r\nHost: localhost\r\nX-More: ${'x'.repeat(20_000)}\r\n\r\n`,
    '431',
    'headers-too-large',
  ],
])('what %s is answered with a problem', async (_what, sent, status, problem) => {
  await start();
  const socket = connect(listener.port, '127.0.0.1').on('error', () => {});
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.write(sent);
  await once(socket, 'close');
  const [head, body] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain('Content-Type: application/problem+json');
  expect(JSON.parse(body!)).toMatchObject({ type: `urn:tu-esign:problem:${problem}`, status: Number(status) });
});

test('what a client expects beyond what anybody knows is passed over', async () => {
  await start();
  const asked = request(`http://127.0.0.1:${listener.port}`, { headers: { expect: 'the unexpected' } });
  const [response] = (await once(asked.end(), 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.resume();
  asked.destroy();
});

/** Keeps the process from looking at anything that comes. */
const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test.each([
  ['comes when the server stops', 0],
  ['lay unread when the server was about to close it', 300],
])('a request that %s, on a connection that was at rest, is answered', async (_when, busyMs) => {
  await start();
  const socket = connect(listener.port, '127.0.0.1');
  let answers = '';
  socket.on('data', (data: Buffer) => (answers += data.toString()));
  const gone = new Promise((resolve) => socket.once('close', resolve));
  const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  socket.write(get);
  await expect.poll(() => answers.match(/200 OK/g)?.length).toBe(1);
  const closed = listener.close(60_000);
  await wait(20);
  // Time-outs are next, and reading comes after them.
  await nextTurn();
  socket.write(get);
  block(busyMs);
  await expect.poll(() => answers.match(/200 OK/g)?.length).toBe(2);
  await closed;
  await gone;
});

test('who had connected before the server saw it is answered, though it stops', async () => {
  await start();
  await nextTurn();
  const socket = connect(listener.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  // The system connects, and the server has had no turn to accept.
  await new Promise((resolve) => process.nextTick(resolve));
  const closed = listener.close(60_000);
  await expect.poll(() => answer).toMatch(/200 OK/);
  await closed;
});

test('a stop waits for an answer that is under way, and takes no new connection', async () => {
  listener = await listen({ port: 0, address: '127.0.0.1' });
  const { promise: asked, resolve: take } = Promise.withResolvers<ServerResponse>();
  listener.answerWith((_request, response) => take(response));
  const address = `http://127.0.0.1:${listener.port}`;
  const late = fetch(address).then((response) => response.text());
  const response = await asked;
  const closed = listener.close(60_000);
  await wait(10);
  const [refused] = (await once(request(address).end(), 'error')) as [NodeJS.ErrnoException];
  expect(refused.code).toBe('ECONNREFUSED');
  response.end('late');
  expect(await late).toBe('late');
  await closed;
});
