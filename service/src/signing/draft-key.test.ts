import type { SigningRequest } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createDraftKeys } from './draft-key.ts';

const keyOf = createDraftKeys(new Uint8Array(32).fill(7));
const request: SigningRequest = {
  identifier: 'loan-1',
  document: { digest: 'a'.repeat(64), name: 'Contrato' },
  signatory: { givenName: 'Nombre', paternalSurname: 'De', email: 'firmante@ejemplo.example' },
};

test('every visit to a request is given the same key of 32 bytes', () => {
  const { email, ...names } = request.signatory;
  const sameInAnotherOrder = { ...request, signatory: { email, ...names }, sequence: { position: 1, of: 1 } };
  expect(keyOf('bank', sameInAnotherOrder)).toBe(keyOf('bank', request));
  expect(Buffer.from(keyOf('bank', request), 'base64url').length).toBe(32);
});

test('another host, request, place, document, signatory or service has another key', () => {
  const others = [
    keyOf('shop', request),
    keyOf('bank', { ...request, identifier: 'loan-2' }),
    keyOf('bank', { ...request, sequence: { position: 2, of: 2 } }),
    keyOf('bank', { ...request, document: { ...request.document, digest: 'b'.repeat(64) } }),
    keyOf('bank', { ...request, signatory: { ...request.signatory, givenName: 'Otro' } }),
    createDraftKeys(new Uint8Array(32).fill(8))('bank', request),
  ];
  expect(new Set([...others, keyOf('bank', request)]).size).toBe(others.length + 1);
});
