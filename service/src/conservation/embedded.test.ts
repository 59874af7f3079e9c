import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeys } from '../../test/keys.ts';
import { createFolder, run, verifyTimeStampResponse } from '../../test/tools.ts';
import { openAuthority, type Authority } from '#authority/authority.ts';
import { createEmbeddedConservation } from './embedded.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyTimeStamp } from '@tu-esign/verifier/verdicts/time-stamp-token.ts';

const folder = createFolder();
const now = () => new Date();
const data = Buffer.from('a signed document');
const digest = hash('sha256', data);
const order = {
  digest,
  signingId: 'one',
  identifier: 'CREDITO-1',
  artefacts: { 'signed-document': digest, agreement: hash('sha256', 'an agreement') },
};
let authority: Authority;

beforeAll(async () => {
  authority = await openAuthority({ keys: createKeys(folder.path), now });
});
afterAll(() => folder.remove());

test('openssl accepts the conservation certificate over the document, and no other', async () => {
  const { response } = await createEmbeddedConservation({ authority, now }).conserve(order);
  const stamped = { response, data, rootPem: authority.rootPem };
  expect(verifyTimeStampResponse(folder, stamped).output).toContain('Verification: OK');
  expect(verifyTimeStampResponse(folder, { ...stamped, data: Buffer.from('another') }).status).not.toBe(0);
});

test('it says when, and that nobody accredited it', async () => {
  const conservation = createEmbeddedConservation({ authority, now });
  const before = Date.now();
  const { response, issuedAt } = await conservation.conserve(order);
  expect(conservation).toMatchObject({ accredited: false, issuer: 'tu-esign sello de tiempo local, no acreditado' });
  // Whole seconds, or parts of one.
  expect(issuedAt.getTime()).toBeGreaterThan(before - 1_000);
  expect(issuedAt.getTime()).toBeLessThanOrEqual(Date.now());
  const text = run('openssl', 'ts', '-reply', '-in', folder.write('reply.tsr', response), '-text').output;
  expect(text).toMatch(/Policy OID: 2\.25\.\d+\.1/);
  expect(text).toContain('no acreditado');
});

test('an answer of another time is not believed', async () => {
  const conservation = createEmbeddedConservation({ authority, now: () => new Date(Date.now() + 120_000) });
  await expect(conservation.conserve(order)).rejects.toThrow('another time');
});

test('an answer over another digest is not believed', async () => {
  const wrong: Authority = {
    ...authority,
    createTimeStamp: (request) => authority.createTimeStamp({ ...request, imprint: Buffer.alloc(32) }),
  };
  const conservation = createEmbeddedConservation({ authority: wrong, now });
  await expect(conservation.conserve(order)).rejects.toThrow('imprintMatches');
});

test('a nonce comes back as it was sent, and its absence is noticed', async () => {
  const imprint = Buffer.from(digest, 'hex');
  const nonce = Buffer.from('0102030405060708', 'hex');
  const expected = { roots: [authority.rootPem], policies: ['2.25.'], digest, nonce, now: now() };
  const { response, token } = await authority.createTimeStamp({ imprint, nonce });
  expect((await verifyTimeStamp(response, expected, nodePorts)).findings).toMatchObject({
    nonceMatches: true,
    granted: true,
  });
  expect((await verifyTimeStamp(token, expected, nodePorts)).findings).toMatchObject({
    nonceMatches: true,
    granted: null,
  });
  const { response: without } = await authority.createTimeStamp({ imprint });
  expect((await verifyTimeStamp(without, expected, nodePorts)).findings.nonceMatches).toBe(false);
});
