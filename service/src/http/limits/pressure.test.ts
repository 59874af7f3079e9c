import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { secret } from '../../../test/host-keys.ts';
import { digestOf } from '#signing/digest.ts';
import { expectProblem } from '../../../test/problems.ts';
import { postSigning, read } from '../../../test/requests.ts';
import { agreement, startRunningService, type Changes, type RunningService } from '../../../test/running-service.ts';
import { createFolder } from '../../../test/tools.ts';
import { startWaitingProvider } from '../../../test/waiting-provider.ts';

let service: RunningService;
afterEach(() => service.remove());

const put = async (pdf: Uint8Array, token?: string): Promise<Response> =>
  fetch(`${service.url}/v1/documents/${digestOf(pdf)}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token ?? (await service.tokens.documents())}`,
      'content-type': 'application/pdf',
    },
    body: new Uint8Array(pdf),
  });

/** An upload of which only the headers and some bytes have come. */
const begin = async (headers: string): Promise<Socket> => {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.on('error', () => {});
  const token = await service.tokens.documents();
  socket.write(`PUT /v1/documents/${'a'.repeat(64)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`);
  socket.write(`Content-Type: application/pdf\r\n${headers}\r\n\r\n`);
  return socket;
};

test('bodies that would take more memory than there is are refused, until others have gone', async () => {
  service = await startRunningService({ bodyMegabytes: 1, documentBytes: 900_000 });
  const slow = await begin('Content-Length: 800000');
  const large = new Uint8Array(700_000);
  // What was only announced takes no memory.
  await expectProblem(await put(large), 'document-not-pdf');
  slow.write(large);
  await expect.poll(async () => (await put(large)).status).toBe(503);
  const refused = await put(large);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  await expectProblem(refused, 'overloaded');
  await expectProblem(await put(new Uint8Array(100)), 'document-not-pdf');
  slow.destroy();
  await expect.poll(async () => (await put(large)).status).toBe(422);
});

test('a body that does not say how long it is counts as what has come of it', async () => {
  service = await startRunningService({ bodyMegabytes: 1, documentBytes: 900_000 });
  const slow = await begin('Transfer-Encoding: chunked');
  expect((await put(new Uint8Array(700_000))).status).toBe(422);
  slow.write(`${(700_000).toString(16)}\r\n${'x'.repeat(700_000)}\r\n`);
  await expect.poll(async () => (await put(new Uint8Array(700_000))).status).toBe(503);
  slow.destroy();
});

const shopToken = (): Promise<string> =>
  service.tokens.documents({
    claims: { iss: 'https://shop.example' },
    header: { alg: 'HS256', kid: undefined },
    key: new TextEncoder().encode(secret),
  });

test('one host’s bodies take half of the memory at most, so that another host’s are taken', async () => {
  service = await startRunningService({ bodyMegabytes: 2, documentBytes: 900_000 });
  const slow = [await begin('Content-Length: 800000'), await begin('Content-Length: 800000')];
  for (const socket of slow) socket.write(new Uint8Array(500_000));
  const large = new Uint8Array(700_000);
  await expect.poll(async () => (await put(large)).status).toBe(503);
  await expectProblem(await put(large, await shopToken()), 'document-not-pdf');
  for (const socket of slow) socket.destroy();
});

test('a connection on which many bodies are refused half-way collects no listeners', async () => {
  service = await startRunningService();
  const warnings: string[] = [];
  const hear = ({ name }: Error) => warnings.push(name);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  const path = `/v1/documents/${'a'.repeat(64)}`;
  for (let refused = 0; refused < 12; refused += 1) {
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n`);
    expect(String(await once(socket, 'data'))).toContain('401');
    socket.write('late');
  }
  // Warnings come in a later turn.
  await wait(20);
  socket.destroy();
  expect(warnings).toEqual([]);
});

test('agreements beyond those that may wait to be read are refused', async () => {
  service = await startRunningService({ uploads: 1 });
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await put(agreement)).status));
  expect(statuses).toContain(201);
  expect(statuses).toContain(503);
  expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
  expect((await put(agreement)).status).toBe(200);
});

const startWaiting = async (limits: Changes) => {
  const { provider, answer, hosts, stop } = await startWaitingProvider();
  onTestFinished(stop);
  service = await startRunningService({ ...limits, hosts }, createFolder(), { providers: [provider] });
  const digest = await service.upload(agreement);
  return { answer, mint: (identifier: string) => service.tokens.signing(identifier, digest) };
};

test('signings beyond those that may be unfinished are refused, and taken once there is room', async () => {
  const { answer, mint } = await startWaiting({ unfinishedSignings: 2 });
  for (const identifier of ['one', 'two'])
    expect((await postSigning(service, await mint(identifier))).status).toBe(202);
  // The count is a second old at most.
  await wait(1_100);
  const refused = await postSigning(service, await mint('three'));
  expect(refused.headers.get('retry-after')).toBe('10');
  await expectProblem(refused, 'overloaded');
  answer();
  await expect.poll(async () => (await postSigning(service, await mint('three'))).status).toBe(202);
});

test('streams beyond those that may be open are refused, until others have gone', async () => {
  const { answer, mint } = await startWaiting({ eventStreams: 1 });
  const token = await mint('followed');
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const path = `/v1/signings/${id}/events`;
  const left = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const open = await fetch(service.url + path, { headers, signal: left.signal });
  expect(open.status).toBe(200);
  await expectProblem(await read(service, path, token), 'overloaded');
  left.abort();
  // Held until here: of an answer that nobody holds, Node closes the stream.
  await expect(open.text()).rejects.toThrow();
  await expect.poll(async () => (await read(service, path, token)).status).toBe(200);
  answer();
});

test('an upload that was refused half-way gets its answer, and its connection ends soon', async () => {
  service = await startRunningService({ documentBytes: 10_000 });
  const socket = await begin('Transfer-Encoding: chunked');
  const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
  socket.write(chunk.repeat(4));
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  // What is written to a connection that has just ended is an error, and none here.
  socket.on('error', () => {});
  const more = setInterval(() => socket.write(chunk), 50);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(more);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  // Had it gone on until a request's time is over, that would have been told as well.
  expect(answer).not.toContain('HTTP/1.1 408 ');
});

test('a small body that was refused before it was read keeps its connection', async () => {
  service = await startRunningService();
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  let answers = '';
  socket.on('data', (data: Buffer) => (answers += data.toString()));
  const refused = 'PUT /v1/documents/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n12345';
  socket.write(refused);
  await expect.poll(() => answers.match(/HTTP\/1.1 401/g)?.length).toBe(1);
  await wait(1_500);
  socket.write(refused);
  await expect.poll(() => answers.match(/HTTP\/1.1 401/g)?.length).toBe(2);
  socket.destroy();
});
