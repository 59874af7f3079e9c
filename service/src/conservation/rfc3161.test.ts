import { setTimeout as wait } from 'node:timers/promises';
import { hash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFolder, run, verifyTimeStampResponse } from '../../test/tools.ts';
import {
  createStamping,
  reply,
  serverPolicy,
  stamp,
  startTimeStampServer,
  type Answering,
  type TimeStampServer,
} from '../../test/time-stamp-server.ts';
import { createRfc3161Conservation, type Rfc3161Options } from './rfc3161.ts';

const folder = createFolder();
const data = Buffer.from('a signed document');
const digest = hash('sha256', data);
const order = {
  digest,
  signingId: 'a-signing',
  identifier: 'CREDITO-7',
  artefacts: { 'signed-document': digest, agreement: 'ab'.repeat(32) },
};
const credentials = `Basic ${Buffer.from('tu-esign:muy-secreto').toString('base64')}`;

let server: TimeStampServer;
beforeAll(async () => {
  server = await startTimeStampServer();
});
beforeEach(() => {
  server.answer = server.honest;
  server.asked.length = 0;
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const conserve = (changes: Partial<Rfc3161Options> = {}) =>
  createRfc3161Conservation({
    issuer: 'Otra autoridad',
    accredited: false,
    url: server.url,
    authorization: credentials,
    timeoutMs: 60_000,
    roots: [server.stamping.rootPem],
    policies: [serverPolicy],
    strict: true,
    driftMs: 60_000,
    now: () => new Date(),
    ...changes,
  }).conserve(order);

/** What became of it, with all that could be written to a log. */
const faultOf = async (changes: Partial<Rfc3161Options> = {}) => {
  const error = await conserve(changes).then(
    () => undefined,
    (fault: unknown) => fault as Error & { code: string; type?: string },
  );
  const written = `${error?.stack}${JSON.stringify(error)}${String(error?.cause)}`;
  expect(written).not.toContain('muy-secreto');
  expect(written).not.toContain(credentials);
  return error && { type: error.type, code: error.code };
};

test('an authority that is nobody of ours conserves, and openssl verifies what it gave', async () => {
  const certificate = await conserve();
  expect(certificate).toMatchObject({ conserves: 'signed-document' });
  expect(certificate?.findings).toMatchObject({ nonceMatches: true, imprintMatches: true, chainToPinnedRoot: true });
  const stamped = { response: certificate!.response, data, rootPem: server.stamping.rootPem };
  expect(verifyTimeStampResponse(folder, stamped).output).toContain('Verification: OK');
  const [asked] = server.asked;
  expect(asked?.headers).toMatchObject({ 'content-type': 'application/timestamp-query', authorization: credentials });
});

test('openssl reads our query', async () => {
  let text = '';
  server.answer = async (asked) => {
    text = run('openssl', 'ts', '-query', '-in', folder.write('query.tsq', asked.query), '-text').output;
    await server.honest(asked);
  };
  await conserve();
  expect(text).toContain('Hash Algorithm: sha256');
  expect(text).toContain('Certificate required: yes');
  expect(text).toMatch(/Nonce: 0x[4-7]/i);
});

/** The query with a byte changed, so many bytes from its end: nonce and imprint are the last. */
const askedOtherwise =
  (fromEnd: number): Answering =>
  async ({ query, response }) => {
    const changed = Buffer.from(query);
    changed[changed.length - fromEnd]! ^= 1;
    reply(response, await stamp(server.stamping.folder, changed));
  };

const cutOff: Answering = async ({ query, response }) => {
  const answer = await stamp(server.stamping.folder, query);
  response.writeHead(200, { 'content-type': 'application/timestamp-reply', 'content-length': answer.length });
  response.write(answer.subarray(0, 700));
  await wait(50);
  response.destroy();
};

const type = (mediaType: string) => ({ 'content-type': mediaType });

test.each<[string, Answering, string]>([
  ['stamps something else', askedOtherwise(20), 'imprintMatches'],
  ['gives another nonce', askedOtherwise(5), 'nonceMatches'],
  [
    'gives half of it as all',
    async ({ query, response }) => reply(response, (await stamp(server.stamping.folder, query)).subarray(0, 700)),
    'parsed',
  ],
  [
    'gives a bare token',
    async ({ response }) => reply(response, Buffer.from('300906072a8648ce3d0201', 'hex')),
    'parsed',
  ],
  [
    'answers HTML',
    ({ response }) => void response.writeHead(200, type('text/html')).end('<html>'),
    'no-time-stamp-reply',
  ],
  ['redirects', ({ response }) => void response.writeHead(302, { location: server.url }).end(), 'status-302'],
  ['is overloaded', ({ response }) => void response.writeHead(503).end(), 'status-503'],
  ['answers without end', ({ response }) => reply(response, Buffer.alloc(300 * 1024)), 'answer-too-large'],
  ['never answers', () => {}, 'ETIMEDOUT'],
  ['hangs up', ({ response }) => void response.destroy(), 'ECONNRESET'],
  ['is cut off', cutOff, 'ERR_HTTP_CONTENT_LENGTH_MISMATCH'],
])('an authority that %s is asked again, and not believed', async (_, answer, code) => {
  server.answer = answer;
  expect(await faultOf(code === 'ETIMEDOUT' ? { timeoutMs: 500 } : {})).toEqual({ type: undefined, code });
  // redirects are not followed, and nothing is repeated here
  expect(server.asked).toHaveLength(1);
});

test('what is altered on the way does not hold', async () => {
  server.answer = async ({ query, response }) => {
    const answer = await stamp(server.stamping.folder, query);
    answer[answer.length - 1]! ^= 1;
    reply(response, answer);
  };
  expect(await faultOf()).toMatchObject({ code: 'signatureValid' });
});

test('another root, an expired certificate, an unknown policy and another time do not hold', async () => {
  const [other, ended] = [createStamping(), createStamping(0)];
  server.answer = async ({ query, response }) => reply(response, await stamp(other.folder, query));
  expect(await faultOf()).toMatchObject({ code: 'chainToPinnedRoot' });
  await wait(1_100);
  server.answer = async ({ query, response }) => reply(response, await stamp(ended.folder, query));
  const expired = await faultOf({ roots: [ended.rootPem] });
  expect(expired).toMatchObject({ code: 'certificateValidAtGenTime,chainToPinnedRoot' });
  for (const { folder } of [other, ended]) folder.remove();
  server.answer = server.honest;
  expect(await faultOf({ policies: ['2.16.484.101.10.316.'] })).toMatchObject({ code: 'policyRecognised' });
  expect(await faultOf({ now: () => new Date(Date.now() + 120_000) })).toMatchObject({ code: 'genTime' });
});

test('a refusal is a problem that says why', async () => {
  server.answer = async ({ query, response }) =>
    reply(response, await stamp(server.stamping.folder, query, 'refuse.cnf'));
  expect(await faultOf()).toEqual({ type: 'provider-refused', code: 'badAlg' });
});

test('wrong credentials are a problem', async () => {
  server.answer = ({ response }) => void response.writeHead(401).end('who are you?');
  expect(await faultOf()).toMatchObject({ type: 'provider-credentials' });
});

test('an authority that is away is asked again', async () => {
  expect(await faultOf({ url: 'http://127.0.0.1:9/' })).toEqual({ type: undefined, code: 'ECONNREFUSED' });
});
