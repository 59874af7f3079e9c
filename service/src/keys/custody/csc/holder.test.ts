import { verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  client,
  pin,
  startCscServer,
  staticToken,
  type Behaviour,
  type CscServer,
} from '../../../../test/csc-server.ts';
import { keysInFiles, type KeyKind } from '#keys/custody/key-holder.ts';
import type { CscAccess } from './access.ts';
import { createCscHolder } from './holder.ts';

let server: CscServer;
beforeAll(async () => {
  server = await startCscServer();
  server.addCredential('one');
  server.addCredential('of a PIN', 'P-256', 'explicit');
  server.addCredential('P-384', 'P-384', 'oauth2code');
  server.addCredential('RSA', 'RSA-3072');
  server.addCredential('weak', 'RSA-2048');
  server.addCredential('strange', 'P-256', 'strange');
});
beforeEach(() => {
  server.behave('right');
  server.state.asked = [];
  server.state.tokenSeconds = 3600;
});
afterAll(() => server.stop());

const bytes = Buffer.from('what is signed');

const open = (changes: Partial<CscAccess> = {}) =>
  createCscHolder(
    {
      url: server.url,
      authorization: { tokenUrl: server.tokenUrl, ...client },
      pin: undefined,
      credentials: { issuing: 'one' },
      answeredWithinMs: 15_000,
      ...changes,
    },
    keysInFiles,
  );
const create = (changes: Partial<CscAccess> = {}, kind: KeyKind = 'issuing') =>
  open(changes).create({ kind, purpose: 'emisora', algorithm: 'P-256' });

/** Others may take their time on a busy machine. */
const waitingFor = (behaviour: Behaviour) => ({ answeredWithinMs: behaviour.startsWith('late') ? 1_500 : 15_000 });

test('a key is that of a credential, named by its place, and signs', async () => {
  const made = await create();
  expect(made.text).toBe(`csc:url=${encodeURIComponent(server.url)};credential=one`);
  const found = await open().open(made.text);
  expect(found.publicKey.equals(made.publicKey)).toBe(true);
  expect(verify('sha256', bytes, made.publicKey, await found.signer.sign(bytes))).toBe(true);
});

test.each<[string, Partial<CscAccess>, string]>([
  ['a PIN', { credentials: { issuing: 'of a PIN' }, pin }, 'sha256'],
  ['RSA', { credentials: { issuing: 'RSA' } }, 'sha256'],
  ['P-384, and its token alone', { credentials: { issuing: 'P-384' } }, 'sha384'],
  ['a token that was given', { authorization: { token: 'set below' } }, 'sha256'],
])('by %s', async (_, changes, digest) => {
  if (changes.authorization) changes = { authorization: { token: staticToken } };
  const { publicKey, signer } = await create(changes);
  expect(verify(digest, bytes, publicKey, await signer.sign(bytes))).toBe(true);
});

test('kinds that are not named, and keys in files, are as they were', async () => {
  const { text, publicKey } = await create({}, 'time-stamp');
  expect(text).toContain('PRIVATE KEY');
  expect((await open().open(text)).publicKey.equals(publicKey)).toBe(true);
  expect(server.state.asked).toEqual([]);
});

test.each<[Behaviour, RegExp]>([
  ['late', /does not answer signatures\/signHash \(ETIMEDOUT\)/],
  ['wrong', /with no signature over it by its key/],
  ['of another hash', /with no signature over it by its key/],
  ['by another key', /with no signature over it by its key/],
  ['twice', /with what is no answer to it/],
  ['no signature', /with what is no answer to it/],
  ['a signature that is no Base64', /with what is no answer to it/],
  ['no JSON', /with what is no answer to it/],
  ['too much', /does not answer signatures\/signHash \(answer-too-large\)/],
  ['broken off', /does not answer signatures\/signHash/],
  ['unavailable', /refuses signatures\/signHash \(503, temporarily_unavailable\)/],
  ['redirected', /refuses signatures\/signHash \(302\)/],
])('a signer that answers %s signs nothing, and the next answer is taken', async (behaviour, said) => {
  const { publicKey, signer } = await create(waitingFor(behaviour));
  await signer.sign(Buffer.from('another'));
  server.behave(behaviour);
  const error = await signer.sign(bytes).catch((refused: Error) => refused);
  expect(error).toMatchObject({ message: expect.stringMatching(said) });
  const secrets = [client.clientSecret, 'Bearer', Buffer.from(client.clientId).toString('base64')];
  for (const secret of secrets) expect(JSON.stringify([String(error), error])).not.toContain(secret);
  server.behave('right');
  expect(verify('sha256', bytes, publicKey, await signer.sign(bytes))).toBe(true);
});

test.each<Behaviour>(['late once', 'lost once', 'unavailable once', 'numbers of ECDSA alone'])(
  '%s: it is signed',
  async (behaviour) => {
    const { publicKey, signer } = await create(waitingFor(behaviour));
    for (let round = 0; round < 3; round += 1) {
      server.behave(behaviour);
      expect(verify('sha256', bytes, publicKey, await signer.sign(bytes))).toBe(true);
    }
  },
);

test('a token is kept while it holds, fetched anew before it ends, and where it was taken back', async () => {
  const { signer } = await create();
  const countTokens = () => server.state.asked.filter((name) => name === '/oauth2/token').length;
  await Promise.all([signer.sign(bytes), signer.sign(bytes)]);
  expect(countTokens()).toBe(1);
  server.takeTokensBack();
  await signer.sign(bytes);
  expect(countTokens()).toBe(2);
  server.takeTokensBack();
  server.state.tokenSeconds = 31;
  const short = (await create()).signer;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await short.sign(bytes);
  expect(countTokens()).toBeGreaterThan(3);
});

test.each<[string, Partial<CscAccess>, KeyKind, RegExp]>([
  [
    'a credential that is not there',
    { credentials: { issuing: 'none' } },
    'issuing',
    /'none' cannot be used: .* refuses credentials\/info \(400, invalid_request\)/,
  ],
  [
    'a key that is too small',
    { credentials: { issuing: 'weak' } },
    'issuing',
    /neither P-256, P-384 nor RSA of 3072 bits/,
  ],
  ['a credential that asks a person', { credentials: { issuing: 'strange' } }, 'issuing', /asks a person/],
  ['a PIN that is missing', { credentials: { issuing: 'of a PIN' } }, 'issuing', /set TU_ESIGN_CSC_PIN/],
  ['a seal of RSA', { credentials: { seal: 'RSA' } }, 'seal', /cannot seal evidence: that is done with P-256/],
  [
    'another secret',
    { authorization: { tokenUrl: 'set below', clientId: client.clientId, clientSecret: 'x' } },
    'issuing',
    /refuses oauth2\/token \(401, invalid_client\)/,
  ],
  [
    'a token that is none',
    { authorization: { token: 'x' } },
    'issuing',
    /refuses credentials\/info \(401, invalid_token\)/,
  ],
  [
    'nobody who answers',
    { url: 'http://127.0.0.1:9/csc/v2', authorization: { token: 'x' } },
    'issuing',
    /does not answer credentials\/info \(ECONNREFUSED\)/,
  ],
])('%s is told to who starts', async (_, changes, kind, said) => {
  const { authorization } = changes;
  if (authorization && 'tokenUrl' in authorization) authorization.tokenUrl = server.tokenUrl;
  await expect(create(changes, kind)).rejects.toThrow(said);
});

test('a wrong PIN is told when it signs', async () => {
  const { signer } = await create({ credentials: { issuing: 'of a PIN' }, pin: '0000' });
  await expect(signer.sign(bytes)).rejects.toThrow('refuses credentials/authorize (400, invalid_pin)');
});

test('keys of another signer, and those of one that is not set, are told', async () => {
  const { text } = await create();
  await expect(open({ url: 'https://other.example/csc/v2' }).open(text)).rejects.toThrow('TU_ESIGN_CSC_URL is another');
  await expect(keysInFiles.open(text)).rejects.toThrow('set TU_ESIGN_CSC_URL and the others');
  await expect(open().open('csc:url=x')).rejects.toThrow('names no remote signer');
});
