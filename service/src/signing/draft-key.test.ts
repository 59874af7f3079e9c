import type { SigningRequest } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createDraftKeys } from './draft-key.ts';

const secret = (fill: number, from = 0) => ({ bytes: new Uint8Array(32).fill(fill), from });
const [rotation, hour] = [1_795_000_000_000, 3_600_000];
const never = async () => undefined;
const keysOf = (...secrets: ReturnType<typeof secret>[]) =>
  createDraftKeys({ secrets, firstShownAt: never, now: () => rotation });
const keyOf = keysOf(secret(7));
const request: SigningRequest = {
  identifier: 'loan-1',
  document: { digest: 'a'.repeat(64), name: 'Contrato' },
  signatory: { givenName: 'Nombre', paternalSurname: 'De', email: 'firmante@ejemplo.example' },
};

test('every visit to a request is given the same key of 32 bytes', async () => {
  const { email, ...names } = request.signatory;
  const sameInAnotherOrder = { ...request, signatory: { email, ...names }, sequence: { position: 1, of: 1 } };
  expect(await keyOf('bank', sameInAnotherOrder)).toBe(await keyOf('bank', request));
  expect(Buffer.from(await keyOf('bank', request), 'base64url').length).toBe(32);
});

test('another host, request, place, document, signatory or service has another key', async () => {
  const others = await Promise.all([
    keyOf('shop', request),
    keyOf('bank', { ...request, identifier: 'loan-2' }),
    keyOf('bank', { ...request, sequence: { position: 2, of: 2 } }),
    keyOf('bank', { ...request, document: { ...request.document, digest: 'b'.repeat(64) } }),
    keyOf('bank', { ...request, signatory: { ...request.signatory, givenName: 'Otro' } }),
    keysOf(secret(8))('bank', request),
  ]);
  expect(new Set([...others, await keyOf('bank', request)]).size).toBe(others.length + 1);
});

test('who began before the secret was replaced keeps the key for a day', async () => {
  const [before, after] = [await keyOf('bank', request), await keysOf(secret(8))('bank', request)];
  const keyAt = (now: number, shownAt?: number) =>
    createDraftKeys({
      secrets: [secret(7), secret(8, rotation)],
      firstShownAt: async () => shownAt,
      now: () => now,
    })('bank', request);
  expect(await keyAt(rotation - 1)).toBe(before);
  expect(await keyAt(rotation + hour, rotation - hour)).toBe(before);
  expect(await keyAt(rotation + hour)).toBe(after);
  expect(await keyAt(rotation + hour, rotation + 1)).toBe(after);
  expect(await keyAt(rotation + 25 * hour, rotation - hour)).toBe(after);
});

test('of the secret before it is asked who was shown the document, and where', async () => {
  const asked: unknown[] = [];
  const firstShownAt = async (place: unknown) => void asked.push(place);
  const secrets = [secret(7), secret(8, rotation)];
  await createDraftKeys({ secrets, firstShownAt, now: () => rotation })('bank', request);
  expect(asked).toEqual([{ host: 'bank', identifier: 'loan-1', position: 1 }]);
});
