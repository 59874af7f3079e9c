import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../src/authority/authority.ts';
import { openSealCertificates, openSealKey } from '#keys/secret.ts';
import { createKeys } from './keys.ts';
import { createFolder, type Folder } from './tools.ts';

const now = () => new Date();

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

test('a folder with the key alone gets its certificate once', async () => {
  const keys = createKeys(folder.path);
  const key = await openSealKey(keys);
  const authority = await openAuthority({ keys, now });
  const open = () => openSealCertificates(keys, key, authority.certifySeal);
  const [one, other] = await Promise.all([open(), open()]);
  expect(other).toBe(one);
  expect(await open()).toBe(one);
  expect((await openSealKey(keys)).equals(key)).toBe(true);
});

test('a certificate of another key is told', async () => {
  const keys = createKeys(folder.path);
  const authority = await openAuthority({ keys, now });
  await openSealCertificates(keys, await openSealKey(keys), authority.certifySeal);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  await expect(openSealCertificates(keys, stranger, authority.certifySeal)).rejects.toThrow('is not of that key');
});
