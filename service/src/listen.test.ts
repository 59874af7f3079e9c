import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { listen, type Listener } from './listen.ts';

let listener: Listener;
afterEach(() => listener.close(0));

const start = async (): Promise<void> => {
  listener = await listen({ port: 0, address: '127.0.0.1', headersMs: 300, requestMs: 600 });
  listener.answerWith((request, response) => {
    request.resume().on('end', () => response.end('read'));
  });
};

/** Sends a piece every 100 ms until it is cut off; tells what was answered, and after how many milliseconds. */
const trickle = async (first: string, piece: string) => {
  const socket = connect(listener.port, '127.0.0.1');
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.write(first);
  const startedAt = performance.now();
  const more = setInterval(() => socket.write(piece), 100);
  await once(socket, 'close');
  clearInterval(more);
  return { answer, ms: performance.now() - startedAt };
};

test.each([
  ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-More: x\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n', 'x'],
])('who sends %s piece by piece is cut off', async (_name, first, piece) => {
  await start();
  const { answer, ms } = await trickle(first, piece);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(ms).toBeLessThan(2_000);
  expect(await (await fetch(`http://127.0.0.1:${listener.port}`)).text()).toBe('read');
});

test('a request that comes when the server stops, on a connection that was at rest, is answered', async () => {
  await start();
  const socket = connect(listener.port, '127.0.0.1');
  let answers = '';
  socket.on('data', (data: Buffer) => (answers += data.toString()));
  const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  socket.write(get);
  await expect.poll(() => answers.match(/200 OK/g)?.length).toBe(1);
  const closed = listener.close(5_000);
  await wait(20);
  socket.write(get);
  await expect.poll(() => answers.match(/200 OK/g)?.length).toBe(2);
  await closed;
  await once(socket, 'close');
});

test('a stop waits for an answer that is under way, and takes no new connection', async () => {
  listener = await listen({ port: 0, address: '127.0.0.1' });
  listener.answerWith((_request, response) => void wait(400).then(() => response.end('late')));
  const address = `http://127.0.0.1:${listener.port}`;
  const late = fetch(address).then((response) => response.text());
  await wait(100);
  const closed = listener.close(5_000);
  const [refused] = (await once(request(address).end(), 'error')) as [NodeJS.ErrnoException];
  expect(refused.code).toBe('ECONNREFUSED');
  expect(await late).toBe('late');
  await closed;
});
