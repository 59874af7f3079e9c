import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { signMessage } from './sign.ts';

const id = 'dlv-1';
const body = JSON.stringify({ type: 'signing.completed', data: { name: 'Contrato de crédito' } });
const timestamp = Math.floor(Date.now() / 1000);
const createSecret = (bytes = 32) => `whsec_${randomBytes(bytes).toString('base64')}`;
const headersOf = (signature: string, changes: object = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signature,
  ...changes,
});

test.each([24, 32, 64])('what is signed with a secret of %i bytes, the reference implementation verifies', (bytes) => {
  const secret = createSecret(bytes);
  const signature = signMessage({ id, timestamp, body }, [secret]);
  expect(new Webhook(secret).verify(body, headersOf(signature))).toEqual(JSON.parse(body));
});

test('it verifies neither another body, id or time, nor with another secret', () => {
  const secret = createSecret();
  const signature = signMessage({ id, timestamp, body }, [secret]);
  const receiver = new Webhook(secret);
  expect(() => receiver.verify(`${body} `, headersOf(signature))).toThrow('No matching signature');
  for (const change of [{ 'webhook-id': 'dlv-2' }, { 'webhook-timestamp': String(timestamp - 1) }]) {
    expect(() => receiver.verify(body, headersOf(signature, change))).toThrow('No matching signature');
  }
  expect(() => new Webhook(createSecret()).verify(body, headersOf(signature))).toThrow('No matching signature');
});

test('signed with two secrets, it is verified by who has the old one and by who has the new one', () => {
  const [old, fresh] = [createSecret(), createSecret()];
  const signature = signMessage({ id, timestamp, body }, [fresh, old]);
  expect(signature).toMatch(/^v1,\S+ v1,\S+$/);
  for (const secret of [old, fresh]) {
    expect(new Webhook(secret).verify(body, headersOf(signature))).toEqual(JSON.parse(body));
  }
});

/** A key pair in the forms of the specification; some write the public key behind the private one. */
const createKeyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  const [seed, open] = [d, x].map((part) => Buffer.from(part!, 'base64url'));
  const secrets = [seed!, Buffer.concat([seed!, open!])].map((key) => `whsk_${key.toString('base64')}`);
  return { secrets, publicPem: publicKey.export({ format: 'pem', type: 'spki' }) };
};

test('what is signed with an Ed25519 key, its public key verifies, beside a secret’s signature', () => {
  const { secrets, publicPem } = createKeyPair();
  const shared = createSecret();
  for (const secret of secrets) {
    const signature = signMessage({ id, timestamp, body }, [secret, shared]);
    const [, encoded] = /^v1a,(\S+) v1,\S+$/.exec(signature)!;
    const content = Buffer.from(`${id}.${timestamp}.${body}`);
    expect(verify(null, content, createPublicKey(publicPem), Buffer.from(encoded!, 'base64'))).toBe(true);
    expect(new Webhook(shared).verify(body, headersOf(signature))).toEqual(JSON.parse(body));
  }
});
