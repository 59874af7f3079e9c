import { afterEach, beforeEach, expect, test } from 'vitest';
import { documentKey } from '#signing/signing.ts';
import type { FileStore } from '#files/file-store.ts';
import { acceptDecline } from '#signing/accept.ts';
import { createLog } from '#telemetry/log.ts';
import { createClaims, createRecord, documentOf, insertRecord, visitOf } from '../../../test/records.ts';
import { startTroubledJobs } from '../../../test/troubled-neighbours.ts';
import { signatory } from '../../../test/tokens.ts';
import { createErase } from './erase.ts';

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
});
afterEach(() => room.stop());

const create = (files: FileStore = room.files) =>
  createErase({ erasures: room.erasures, retention: room.retention, files, days: 10, log: createLog(() => {}) });

const decline = async (identifier: string) => {
  const claims = createClaims({ identifier });
  const added = acceptDecline(visitOf(claims), 'Mis motivos', Date.now());
  const document = documentOf(added);
  await room.files.write(documentKey('bank', document.digest), Buffer.from('agreement'));
  await insertRecord(room.store, added);
  return added.signing;
};

const wish = async () => (await room.erasures.insert('bank', { email: signatory.email })).id;

test('an erasure that was interrupted goes on, and tells of all that it has erased', async () => {
  const signings = [await decline('one'), await decline('two')];
  const id = await wish();
  let broken = true;
  const failing = {
    ...room.files,
    delete: (key: string) => (broken ? Promise.reject(new Error('read-only')) : room.files.delete(key)),
  };
  const work = create(failing);
  await work.run(id);
  // Both signings had no files: the agreement is what could not be deleted.
  expect(await room.erasures.findOpen(10)).toEqual([id]);
  expect(await work.findDue(10)).toEqual([id]);
  broken = false;
  await work.run(id);
  const { erased, doneAt } = (await room.erasures.find(id))!;
  const { digest } = signings[0]!.request.document;
  expect(erased.map(({ id }) => id).sort()).toEqual([...signings.map(({ id }) => id), `bank/${digest}`].sort());
  expect(doneAt).not.toBeNull();
  expect(await room.files.read(documentKey('bank', digest))).toBeUndefined();
  expect(await room.erasures.findOpen(10)).toEqual([]);
});

const isThere = (text: string): boolean => room.readDatabase().includes(text);

test('nothing of the person is left in the file of the records, their address in the wish included', async () => {
  const { identifier } = await decline('CREDITO-DE-XOCHITL-4711');
  const personal = [identifier, signatory.givenName, signatory.email];
  const id = await wish();
  expect(personal.filter(isThere)).toEqual(personal);
  await create().run(id);
  expect(personal.filter(isThere)).toEqual([]);
});

test('what is worked on and what is signed stays, and is told', async () => {
  const [waiting, signed] = [createRecord({ identifier: 'waits' }), createRecord({ identifier: 'signed' })];
  await room.files.write(documentKey('bank', documentOf(signed).digest), Buffer.from('agreement'));
  for (const record of [waiting, signed]) await insertRecord(room.store, record);
  await room.advance.run(signed.signing.id);
  const id = await wish();
  await create().run(id);
  const { erased, retained } = (await room.erasures.find(id))!;
  expect(erased).toEqual([]);
  const byName = retained.sort((one, other) => one.identifier.localeCompare(other.identifier));
  expect(byName).toMatchObject([
    { identifier: 'signed', status: 'completed', until: expect.any(String) as string },
    { identifier: 'waits', status: 'accepted' },
  ]);
  expect(byName[1]).not.toHaveProperty('until');
});
