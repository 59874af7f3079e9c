import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../src/authority/authority.ts';
import { openSealCertificates, openSealKeys } from '#keys/secret.ts';
import { createSeal } from '#signing/evidence.ts';
import { isSealedBy } from './evidence-chain.ts';
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
  const [first] = await openSealKeys(keys);
  const authority = await openAuthority({ keys, now });
  const open = () => openSealCertificates(keys, authority.certifySeal);
  const [one, other] = await Promise.all([open(), open()]);
  expect(other).toBe(one);
  expect(await open()).toBe(one);
  const seals = [first, (await openSealKeys(keys))[0]].map((one) => createSeal(one!.signer));
  const head = { signing: 'one', sequence: 1, digest: 'ab' };
  for (const seal of seals) expect(isSealedBy(new X509Certificate(one).publicKey, head, await seal(head))).toBe(true);
});

test('a certificate of another key is told', async () => {
  const keys = createKeys(folder.path);
  const authority = await openAuthority({ keys, now });
  await openSealKeys(keys);
  await openSealCertificates(keys, authority.certifySeal);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await keys.replace('evidence', async () => ({ 'evidence.key.pem': stranger }));
  await expect(openSealCertificates(keys, authority.certifySeal)).rejects.toThrow('is not of that key');
});
