import { chmodSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { readConfig } from '#composition/settings/config.ts';
import { sayWhatToDo } from '#composition/say-what-to-do.ts';
import { startService } from '#composition/service.ts';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { createLog } from '#telemetry/log.ts';
import { createDatabase, query } from './postgres-server.ts';
import { configure, startRunningService, type Changes } from './running-service.ts';
import { createFolder, type Folder } from './tools.ts';

/** What an operator is told where the service does not start: each error that a start can end with, in its words. */

const silent = createLog(() => {});
const isRoot = process.getuid!() === 0;

/** A folder of a service that has run. */
let used: Folder;
beforeAll(async () => {
  const service = await startRunningService();
  await service.stop();
  used = service.folder;
});
afterAll(() => used.remove());

const copyOfUsed = (): Folder & { data: string; records: string } => {
  const folder = createFolder();
  onTestFinished(() => folder.remove());
  const data = join(folder.path, 'data');
  cpSync(join(used.path, 'data'), data, { recursive: true });
  return { ...folder, data, records: join(data, 'records.sqlite') };
};

/** What is told of a start; it must not succeed. */
const start = async (folder: Folder, changes: Changes = {}): Promise<string | undefined> => {
  const config = configure(folder, changes);
  try {
    const service = await startService(config, silent);
    onTestFinished(() => service.stop());
    return 'it started';
  } catch (error) {
    return sayWhatToDo(error, { TU_ESIGN_DATABASE_URL: config.databaseUrl });
  }
};

const emptyFolder = (): Folder => {
  const folder = createFolder();
  onTestFinished(() => folder.remove());
  return folder;
};

test.each<[string, (records: string) => void, string]>([
  ['damaged', (records) => writeFileSync(records, 'x'.repeat(100_000)), 'is not a database, or is damaged: stop the'],
  ['short', (records) => truncateSync(records, 8_192), 'is damaged: stop the service, put it aside with what lies'],
  ['empty', (records) => truncateSync(records, 0), 'is missing or empty, though this folder has been in use: restore'],
  ['missing', (records) => rmSync(records), 'is missing or empty, though this folder has been in use: restore it'],
])('records that are %s', async (_how, alter, said) => {
  const folder = copyOfUsed();
  alter(folder.records);
  expect(await start(folder)).toContain(`${folder.records} ${said}`);
});

const changeRecords = (path: string, statement: string): void => {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
};

test('records that are another program’s', async () => {
  const folder = copyOfUsed();
  rmSync(folder.records);
  changeRecords(folder.records, 'create table accounts (id text)');
  const said = 'is a database of something else: set TU_ESIGN_DATA to a folder of the service’s own';
  expect(await start(folder)).toBe(`${folder.records} ${said}`);
  changeRecords(folder.records, 'insert into accounts values (1)');
});

test('records of a later release', async () => {
  const folder = copyOfUsed();
  changeRecords(folder.records, "insert into kysely_migration values ('999-later', '2030')");
  expect(await start(folder)).toBe('the records were written by a later release (999-later): start that one');
});

test('a folder that another process uses', async () => {
  const service = await startRunningService();
  onTestFinished(() => service.remove());
  const records = join(service.folder.path, 'data/records.sqlite');
  expect(await start(service.folder)).toBe(
    `${records} is in use by another process: stop that one, or set TU_ESIGN_DATA to another folder`,
  );
});

test.skipIf(isRoot)('a folder that may not be written (root may)', async () => {
  const folder = emptyFolder();
  chmodSync(folder.path, 0o500);
  expect(await start(folder)).toContain('may not be read or written by the service’s user: give it the right to');
});

test('a folder that is a file', async () => {
  const folder = emptyFolder();
  const dataFolder = folder.write('data', '');
  expect(await start(folder)).toBe(`${dataFolder} is not a folder: set TU_ESIGN_DATA to a folder`);
  const inFile = join(dataFolder, 'below');
  expect(await start(folder, { dataFolder: inFile })).toBe(
    `${inFile} is not in a folder: set TU_ESIGN_DATA to a folder`,
  );
});

test.each<[string, (keys: string) => void, string]>([
  ['altered', (keys) => writeFileSync(join(keys, 'root.pem'), 'another'), 'root.pem was altered: restore it from'],
  ['missing', (keys) => rmSync(join(keys, 'root.pem')), 'root.pem is missing: restore the whole folder from a backup'],
  ['without a manifest', (keys) => rmSync(join(keys, 'manifest.json')), 'manifest.json is missing: restore the whole'],
  ['of a damaged manifest', (keys) => writeFileSync(join(keys, 'manifest.json'), '{"sha'), 'manifest.json was altered'],
  ['open to others', (keys) => chmodSync(join(keys, 'root.key.pem'), 0o644), 'root.key.pem can be read by others than'],
  [
    'in an open folder',
    (keys) => chmodSync(keys, 0o755),
    'authority can be read by others than its owner: set its mode',
  ],
])('keys that are %s', async (_how, alter, said) => {
  const folder = copyOfUsed();
  alter(join(folder.data, 'keys/authority'));
  expect(await start(folder)).toContain(said);
});

test('keys that do not open with the passphrase, or need none', async () => {
  const folder = copyOfUsed();
  expect(await start(folder, { keysPassphrase: 'a passphrase of theirs' })).toBe(
    "the keys 'evidence' are kept without a passphrase: start without one, or set it by tu-esign keys passphrase",
  );
  const other = emptyFolder();
  const keys = createFolderKeys(join(other.path, 'data/keys'));
  await createEncryptedKeys(keys, 'a passphrase of theirs').open('evidence', async () => ({}));
  expect(await start(other)).toBe("the keys 'evidence' are encrypted: the passphrase is missing");
  expect(await start(other, { keysPassphrase: 'another passphrase' })).toBe(
    "the keys 'evidence' do not open with this passphrase",
  );
});

test('keys in the database that were altered', async () => {
  const databaseUrl = await createDatabase(inject('postgres'));
  const folder = emptyFolder();
  const service = await startRunningService({ databaseUrl }, folder);
  await service.stop();
  await query(databaseUrl, "update keys set files_json = '{}' where name = 'links'");
  expect(await start(folder, { databaseUrl })).toBe("the secret 'links' cannot be read: restore it from a backup");
  await query(databaseUrl, "update keys set files_json = '{}' where name = 'authority'");
  expect(await start(folder, { databaseUrl })).toBe('the authority has no issuing: restore its keys from a backup');
  await query(databaseUrl, "update keys set files_json = 'x' where name = 'authority'");
  expect(await start(folder, { databaseUrl })).toContain("the keys 'authority' in the database were altered: restore");
});

test('a database that is not there, or lets nobody in', async () => {
  const folder = emptyFolder();
  const elsewhere = new URL(inject('postgres'));
  elsewhere.pathname = '/none';
  expect(await start(folder, { databaseUrl: 'postgres://user@127.0.0.1:9/none' })).toBe(
    'PostgreSQL (TU_ESIGN_DATABASE_URL): nothing answers there: start it, or set the address right',
  );
  expect(await start(folder, { databaseUrl: elsewhere.href })).toBe(
    'PostgreSQL (TU_ESIGN_DATABASE_URL): it has no database of this name: create it',
  );
});

test('a port that is taken, and an address of another machine', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  expect(await start(emptyFolder(), { port })).toBe(
    `port ${port} at 127.0.0.1 is taken: stop what listens there, or set TU_ESIGN_PORT (the operator’s: TU_ESIGN_OPERATOR_ADDRESS) to another`,
  );
  expect(await start(emptyFolder(), { address: '192.0.2.1' })).toBe(
    'this machine has no address 192.0.2.1: set TU_ESIGN_ADDRESS to one of its own',
  );
});

test('a host whose provider or authority is not there', async () => {
  const [bank] = configure(emptyFolder()).hosts;
  expect(await start(emptyFolder(), { hosts: [{ ...bank!, provider: 'nobody' }] })).toBe('No such provider: nobody');
  expect(await start(emptyFolder(), { hosts: [{ ...bank!, conservation: 'nobody' }] })).toBe(
    'No such authority for conservation: nobody',
  );
});

const readOf = (environment: Record<string, string>): string | undefined => {
  try {
    readConfig(environment);
    return 'it was read';
  } catch (error) {
    return sayWhatToDo(error, {});
  }
};

test('a configuration that is wrong, with all its faults', () => {
  expect(readOf({ TU_ESIGN_HOSTS: '/nowhere/hosts.json', TU_ESIGN_PORT: 'none' })).toMatch(
    /^The configuration is wrong:\n- TU_ESIGN_PORT: .*\n- TU_ESIGN_HOSTS \(file cannot be read as JSON\): /,
  );
});

const errorOf = (facts: object, cause?: unknown): Error => Object.assign(new Error('of the system', { cause }), facts);

const say = (facts: object) => sayWhatToDo(new Error('a bug', { cause: errorOf(facts) }), {});

test('what the operating system says of a disk, also from deep within', () => {
  expect(say({ code: 'ENOSPC', path: '/data' })).toBe(
    'the disk is full (/data): make room, and start again; nothing that was accepted is lost',
  );
  expect(say({ code: 'EROFS', path: '/data' })).toBe('/data lies on a disk that is mounted read-only');
  expect(say({ code: 'EACCES', path: '/data' })).toContain('/data may not be read or written by the service’s user');
  expect(say({ code: 'EIO', path: '/data' })).toBe('/data cannot be read or written: its disk fails');
  expect(say({ code: 'EACCES', syscall: 'listen', port: 80 })).toContain('may not listen on port 80');
});

test('what PostgreSQL says, where there is one', () => {
  const withDatabase = { TU_ESIGN_DATABASE_URL: 'postgres://' };
  expect(sayWhatToDo(errorOf({ code: '28P01' }), withDatabase)).toContain('it refuses user or password');
  expect(sayWhatToDo(errorOf({ code: '42501' }), withDatabase)).toContain('the user lacks a right');
  expect(sayWhatToDo(errorOf({ code: '28P01' }), {})).toBeUndefined();
});

test('what is a bug is none of it', () => {
  expect(sayWhatToDo(new TypeError('no'), {})).toBeUndefined();
  expect(sayWhatToDo('thrown', {})).toBeUndefined();
  expect(readFileSync(join(used.path, 'data/records.sqlite')).length).toBeGreaterThan(0);
});
