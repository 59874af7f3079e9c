import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeys } from '../../test/keys.ts';
import { createFolder, type Folder } from '../../test/tools.ts';
import { openAuthority } from './authority.ts';
import type { Revocation } from './revocation/revocations.ts';

let folder: Folder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

test('without a signature it has the root’s list, and that of who issued where somebody is on it', async () => {
  const revoked: Revocation[] = [];
  const revocations = { list: async () => revoked, find: async () => undefined };
  const authority = await openAuthority({ keys: createKeys(folder.path), now: () => new Date(), revocations });
  const key = await authority.issueSignatoryKey({
    givenName: 'Ana',
    paternalSurname: 'Ficticia',
    email: 'a@example.org',
  });
  const [bare, signed] = [await authority.longTermData(), await authority.longTermData(key)];
  expect(bare).toMatchObject({ certificateLists: { length: 1 }, statusResponses: [] });
  expect(signed).toMatchObject({ certificateLists: { length: 2 }, statusResponses: { length: 1 } });
  expect(signed.certificateLists).toContainEqual(bare.certificateLists[0]);
  const at = Date.now();
  revoked.push({ serialNumber: '4a', reason: 'superseded', revokedAt: at, registeredAt: at });
  expect(await authority.longTermData()).toMatchObject({ certificateLists: { length: 2 }, statusResponses: [] });
});
