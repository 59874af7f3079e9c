import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningView } from '@tu-esign/contract';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { digestOf } from '../src/signing/digest.ts';
import { createDatabase, findProgram, makeAllDue } from './postgres-server.ts';
import { startCommand } from './operate.ts';
import { follow, postSigning, read } from './requests.ts';
import { agreement } from './running-service.ts';
import { startS3, s3Environment } from './s3-server.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons, run, type Folder } from './tools.ts';

/** What docs/operate/backup.md says, done. */
const publicUrl = 'http://sign.example';
const tokens = createTokens(publicUrl);
const digest = digestOf(agreement);
let folder: Folder;
const ends: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  folder = createFolder();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  folder.remove();
});

const start = async (environment: Record<string, string>): Promise<ServiceProcess> => {
  const service = await startServiceProcess(folder, { TU_ESIGN_PUBLIC_URL: publicUrl, ...environment });
  ends.push(() => service.kill());
  return service;
};

const upload = async ({ url }: ServiceProcess): Promise<void> => {
  const headers = { authorization: `Bearer ${await tokens.documents()}`, 'content-type': 'application/pdf' };
  const options = { method: 'PUT', headers, body: new Uint8Array(agreement) };
  expect((await fetch(`${url}/v1/documents/${digest}`, options)).status).toBe(201);
};

interface Accepted {
  id: string;
  token: string;
}

const post = async (service: ServiceProcess, identifier: string): Promise<Accepted> => {
  const token = await tokens.signing(identifier, digest);
  const response = await postSigning(service, token);
  expect(response.status).toBe(202);
  return { id: ((await response.json()) as SigningView).id, token };
};

const sign = async (service: ServiceProcess, identifier: string): Promise<Accepted> => {
  const accepted = await post(service, identifier);
  expect((await follow(service, accepted.id, accepted.token)).at(-1)!.status).toBe('completed');
  return accepted;
};

/** Each signed document is there, is good, and is the one that the record names. */
const expectSigned = async (service: ServiceProcess, all: Accepted[]): Promise<void> => {
  const desk = createFolder();
  const store = createTrustStore(desk, await (await fetch(`${service.url}/v1/authority.pem`)).text());
  for (const { id, token } of all) {
    const { outputs } = (await follow(service, id, token)).at(-1)!;
    const response = await fetch(outputs.document.link!.href.replace(publicUrl, service.url));
    const document = Buffer.from(await response.arrayBuffer());
    expect(outputs.document.digest).toBe(digestOf(document));
    expect(judgePersons(desk.write('one.pdf', document), store)).toMatchObject([{ valid: true, trusted: true }]);
  }
  desk.remove();
};

test('embedded: a copy of the folder of a service that was stopped is a backup', async () => {
  const data = join(folder.path, 'data');
  const service = await start({ TU_ESIGN_DATA: data });
  await upload(service);
  const signed = await sign(service, 'before the backup');
  expect(await service.stop()).toBe(0);
  run('cp', '-a', data, join(folder.path, 'copy'));
  const restored = await start({ TU_ESIGN_DATA: join(folder.path, 'copy') });
  await expectSigned(restored, [signed]);
});

test('embedded: so is a snapshot of the folder at any moment; what was under way goes on', async () => {
  const data = join(folder.path, 'data');
  const service = await start({ TU_ESIGN_DATA: data });
  await upload(service);
  const signed = await sign(service, 'before the snapshot');
  const underWay = await Promise.all(Array.from({ length: 8 }, (_, at) => post(service, `under way ${at}`)));
  // Nothing is written any more from one moment to the next: what a snapshot of the file system holds.
  await service.kill();
  cpSync(data, join(folder.path, 'copy'), { recursive: true });
  const restored = await start({ TU_ESIGN_DATA: join(folder.path, 'copy') });
  await expectSigned(restored, [signed, ...underWay]);
});

const shared = (database: string, files: string) => ({
  ...s3Environment,
  TU_ESIGN_DATABASE_URL: database,
  TU_ESIGN_FILES: files,
});

test('PostgreSQL and S3: a dump, then a copy of the files, both under load', async () => {
  const storage = await startS3();
  ends.push(() => storage.remove());
  const database = await createDatabase(inject('postgres'));
  const service = await start(shared(database, storage.address()));
  await upload(service);
  const signed = await sign(service, 'before the backup');
  const going = { on: true };
  const accepted: Accepted[] = [];
  const loading = async () => {
    while (going.on) accepted.push(await post(service, `under way ${accepted.length}`));
  };
  const load = loading();
  await expect.poll(() => accepted.length).toBeGreaterThan(2);
  const dump = join(folder.path, 'dump');
  expect(run(findProgram('pg_dump'), '--format=custom', `--file=${dump}`, database).output).toBe('');
  const known = accepted.length;
  await expect.poll(() => accepted.length).toBeGreaterThan(known + 2);
  const copy = await startS3(storage);
  ends.push(() => copy.remove());
  going.on = false;
  await load;
  await service.kill();

  const empty = await createDatabase(inject('postgres'));
  expect(run(findProgram('pg_restore'), '--no-owner', `--dbname=${empty}`, dump).output).toBe('');
  // What the first service was at is its own for half a minute, which is over when somebody restores a backup.
  await makeAllDue(empty);
  const restored = await start(shared(empty, copy.address()));
  const statuses = await Promise.all(
    accepted.map(async ({ id, token }) => (await read(restored, `/v1/signings/${id}`, token)).status),
  );
  const kept = accepted.filter((_, at) => statuses[at] === 200);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThanOrEqual(known + 1);
  await expectSigned(restored, [signed, ...kept]);
});

test('PostgreSQL and S3: by command, while the service runs', async () => {
  const storage = await startS3();
  ends.push(() => storage.remove());
  const database = await createDatabase(inject('postgres'));
  const service = await start(shared(database, storage.address()));
  await upload(service);
  const signed = [await sign(service, 'one'), await sign(service, 'two')];
  const kept = join(folder.path, 'kept');
  const call = (words: string[], settings: object) =>
    startCommand(words, {
      TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
      TU_ESIGN_PUBLIC_URL: publicUrl,
      TU_ESIGN_DATA: join(folder.path, 'nothing'),
      ...settings,
    });
  const backedUp = await call(['backup', kept], shared(database, storage.address()));
  expect(backedUp).toMatchObject({ exitCode: 0, stderr: '' });
  expect(backedUp.stdout).toContain('and 7 files');
  const after = await sign(service, 'after the backup');

  const empty = await createDatabase(inject('postgres'));
  const other = await startS3();
  ends.push(() => other.remove());
  const inUse = { exitCode: 1, stderr: expect.stringContaining('the database is in use') };
  expect(await call(['restore', kept], shared(database, other.address()))).toMatchObject(inUse);
  expect(other.keys()).toEqual([]);
  await expectSigned(service, [...signed, after]);
  expect(await call(['restore', kept], shared(empty, other.address()))).toMatchObject({ exitCode: 0, stderr: '' });
  expect(other.keys()).toHaveLength(7);
  await service.kill();
  const restored = await start(shared(empty, other.address()));
  await expectSigned(restored, signed);
  expect((await read(restored, `/v1/signings/${after.id}`, after.token)).status).toBe(404);
  await expectSigned(restored, [await sign(restored, 'after the restore')]);
});
