import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test } from 'vitest';
import { createTlsPair } from '../../test/tls-pair.ts';
import { answerWith, signedHeaders, startReceiver, type Receiver } from '../../test/receiver.ts';
import type { Resolve } from '#network/public-lookup.ts';
import { createSend, type SendOptions } from './webhook.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const message = { id: 'dlv-1', body: JSON.stringify({ type: 'signing.completed' }) };

const receivers: Receiver[] = [];
const start = async (...options: Parameters<typeof startReceiver>): Promise<Receiver> => {
  const receiver = await startReceiver(...options);
  receivers.push(receiver);
  return receiver;
};
afterEach(() => Promise.all(receivers.splice(0).map((receiver) => receiver.stop())));

const now = () => new Date();
const send = (url: string, options: Partial<SendOptions> = {}) =>
  createSend({ now, timeoutMs: 60_000, ...options })({ url, secrets: [secret], allowPrivate: true }, message);
const sendOutside = (url: string, options: Partial<SendOptions> = {}) =>
  createSend({ now, timeoutMs: 60_000, ...options })({ url, secrets: [secret], allowPrivate: false }, message);

test('a message arrives as it was signed', async () => {
  const receiver = await start();
  expect(await send(receiver.url)).toEqual({ result: 'delivered', reason: '204' });
  const [arrived] = receiver.arrived;
  expect(arrived).toMatchObject({ path: '/hook', body: message.body });
  expect(arrived!.headers).toMatchObject({ 'webhook-id': 'dlv-1', 'content-type': 'application/json' });
  expect(new Webhook(secret).verify(arrived!.body, signedHeaders(arrived!))).toEqual(JSON.parse(message.body));
});

test.each<[number, object]>([
  [200, { result: 'delivered' }],
  [202, { result: 'delivered' }],
  [302, { result: 'failed' }],
  [400, { result: 'failed' }],
  [401, { result: 'failed' }],
  [404, { result: 'failed' }],
  [410, { result: 'gone' }],
  [500, { result: 'failed' }],
])('%i is what became of it', async (status, expected) => {
  const { url } = await start(answerWith(status));
  expect(await send(url)).toEqual({ ...expected, reason: String(status) });
});

test('what the receiver asks for is told', async () => {
  const { url } = await start((response) => response.writeHead(503, { 'retry-after': '120' }).end());
  expect(await send(url)).toEqual({ result: 'failed', reason: '503', retryAfterMs: 120_000 });
});

test('a redirect is not followed', async () => {
  const inside = await start();
  const outside = await start((response) => response.writeHead(307, { location: inside.url }).end());
  expect(await send(outside.url)).toEqual({ result: 'failed', reason: '307' });
  expect(inside.arrived).toEqual([]);
});

test('an answer that does not come in time is none', async () => {
  const { url } = await start(() => {});
  expect(await send(url, { timeoutMs: 150 })).toEqual({ result: 'failed', reason: 'ETIMEDOUT' });
});

test('an answer whose body never ends keeps nobody: its status counts', async () => {
  const { url } = await start((response) => void response.writeHead(200).write('x'));
  expect(await send(url, { timeoutMs: 4_000 })).toEqual({ result: 'delivered', reason: '200' });
});

test('of a huge answer little is read', async () => {
  let written = 0;
  const receiver = await start(async (response) => {
    response.on('error', () => {});
    response.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024);
    while (written < 256 * 1024 * 1024 && !response.destroyed) {
      written += chunk.length;
      if (!response.write(chunk)) {
        await Promise.race([new Promise((resolve) => response.once('drain', resolve)), wait(100)]);
      }
    }
  });
  expect(await send(receiver.url)).toEqual({ result: 'delivered', reason: '200' });
  await expect.poll(() => receiver.arrived.length).toBe(1);
  // What the system keeps on the way, and no more.
  expect(written).toBeLessThan(32 * 1024 * 1024);
});

test('a line that breaks, and nobody there, are failures', async () => {
  const { url } = await start((response) => response.destroy());
  expect(await send(url)).toEqual({ result: 'failed', reason: 'ECONNRESET' });
  const gone = await startReceiver();
  await gone.stop();
  expect(await send(gone.url)).toEqual({ result: 'failed', reason: 'ECONNREFUSED' });
});

const refused = { result: 'failed', reason: 'TARGET_REFUSED' };

test.each(['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0.0.0.0', '[::ffff:127.0.0.1]'])(
  'this machine as %s is refused, and gets nothing',
  async (host) => {
    const receiver = await start();
    const url = `http://${host}:${receiver.port}/hook`;
    expect(await sendOutside(url)).toEqual(refused);
    expect(receiver.arrived).toEqual([]);
    // It would have arrived.
    expect(await send(url)).toMatchObject({ result: 'delivered' });
  },
);

test('a name of this machine is refused, and gets nothing', async () => {
  const receiver = await start();
  const url = `http://localhost:${receiver.port}/hook`;
  expect(await sendOutside(url)).toEqual(refused);
  expect(receiver.arrived).toEqual([]);
  expect(await send(url)).toMatchObject({ result: 'delivered' });
});

/** A name server that answers with the next of these each time it is asked, and counts. */
const answering = (...answers: string[][]) => {
  const state = { asked: 0 };
  const resolve: Resolve = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(state.asked, answers.length - 1)]!;
    state.asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  };
  return Object.assign(state, { resolve });
};

test('one private address among many is enough to refuse a name, and no address is too', async () => {
  const { url } = await start();
  const target = url.replace('127.0.0.1', 'mixed.example');
  for (const addresses of [['192.31.196.1', '127.0.0.1'], []]) {
    expect(await sendOutside(target, answering(addresses))).toEqual(refused);
  }
});

test('a name that answers with a public address first and a private one then gets nothing inside', async () => {
  const receiver = await start();
  // Public, and nobody's: AS112 (RFC 7535).
  const names = answering(['192.31.196.1'], ['127.0.0.1']);
  const target = receiver.url.replace('127.0.0.1', 'rebinding.example');
  expect(await sendOutside(target, { ...names, timeoutMs: 300 })).toMatchObject({ result: 'failed' });
  expect(names.asked).toBe(1);
  expect(await sendOutside(target, { ...names, timeoutMs: 300 })).toEqual(refused);
  expect(receiver.arrived).toEqual([]);
});

test('over TLS, a message goes to who proves its name alone', async () => {
  const pair = createTlsPair('localhost');
  const receiver = await start(answerWith(204), pair);
  const url = receiver.url.replace('127.0.0.1', 'localhost');
  expect(await send(url)).toEqual({ result: 'failed', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(receiver.arrived).toEqual([]);
  const trusted = getCACertificates();
  setDefaultCACertificates([...trusted, pair.cert]);
  try {
    expect(await send(url)).toEqual({ result: 'delivered', reason: '204' });
    expect(await send(receiver.url)).toEqual({ result: 'failed', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  } finally {
    setDefaultCACertificates(trusted);
  }
});

test('a name nobody has is a failure', async () => {
  expect(await sendOutside('https://nobody.invalid/')).toMatchObject({
    result: 'failed',
    reason: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/),
  });
});
