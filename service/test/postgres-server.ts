import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chown, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { findFreePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { patienceMs, until } from './until.ts';

/** A PostgreSQL server of its own on loopback, with the durability it ships with (fsync on). */
export interface PostgresServer {
  /** Of the database from which others are made, with user and password. */
  address: string;
  /** `fast` ends sessions and writes a checkpoint; `immediate` is a crash: what comes next recovers from the log. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Starts again what was stopped, on the same port and data. */
  start(): Promise<void>;
  /** Stops and leaves nothing. */
  remove(): Promise<void>;
}

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Makes a cluster in a folder of its own and starts it on a free port. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(temporaryFolder, 'tu-esign-postgres-'));
  const [owner, password, port] = [await findOwner(), randomUUID(), await findFreePort()];
  if (owner) await chown(folder, owner.uid, owner.gid);
  await initialise({ folder, owner, password });
  const address = `postgres://tu-esign:${password}@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  const start = async () => {
    server = await launch({ folder, owner, port });
    await waitUntilReady(server, { address, logFile: join(folder, 'log') });
  };
  const stop = async (mode: keyof typeof signals = 'fast') => {
    if (server) await end(server, signals[mode]);
    server = undefined;
  };
  await start();
  return {
    address,
    start,
    stop,
    async remove() {
      await stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const nameOf = (address: string): string => new URL(address).pathname.slice(1);

/**
 * Makes a database beside that one; its address.
 * @param copyOf address of another one, to which nobody is connected; where none is given, it is empty
 */
export const createDatabase = async (address: string, copyOf?: string): Promise<string> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await query(address, `create database ${name}${copyOf ? ` template ${nameOf(copyOf)}` : ''}`);
  return Object.assign(new URL(address), { pathname: name }).href;
};

/** As if the time were over for which rows are left to those who have claimed them, or which is waited for before a next try. */
export const makeAllDue = async (database: string): Promise<void> => {
  for (const table of ['signings', 'deliveries'])
    await query(database, `update ${table} set next_at = 0 where next_at is not null`);
};

interface Owner {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then the user of Debian's package runs it. */
const findOwner = async (): Promise<Owner | undefined> => {
  if (process.getuid!() !== 0) return undefined;
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'));
  if (!line) throw new Error('there is no user postgres: install the package postgresql');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
};

/** Debian keeps the server's programs out of PATH, a folder a release. */
export const findProgram = (name: string): string => {
  const releases = '/usr/lib/postgresql';
  const found = (existsSync(releases) ? readdirSync(releases) : [])
    .sort((one, other) => Number(other) - Number(one))
    .map((release) => join(releases, release, 'bin', name))
    .find(existsSync);
  return found ?? name;
};

interface Cluster {
  folder: string;
  owner: Owner | undefined;
}

const initialise = async ({ folder, owner, password }: Cluster & { password: string }): Promise<void> => {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  const authentication = ['--username=tu-esign', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const parameters = [`--pgdata=${folder}/data`, '--locale=C', '--encoding=UTF8', '--no-sync', ...authentication];
  const initdb = spawn(findProgram('initdb'), parameters, { cwd: folder, stdio: 'ignore', ...owner });
  const [code] = await ended(initdb);
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
};

const launch = async ({ folder, owner, port }: Cluster & { port: number }): Promise<ChildProcess> => {
  const log = await open(join(folder, 'log'), 'a');
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=400',
    'max_wal_size=256MB',
  ];
  const parameters = ['-D', join(folder, 'data'), '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])];
  const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
  // Ends with the tests, even where these are killed.
  const asChild = ['--pdeathsig', 'QUIT', findProgram('postgres'), ...parameters];
  const server = spawn('setpriv', asChild, { cwd: folder, stdio, ...owner });
  await log.close();
  return server;
};

const waitUntilReady = async (server: ChildProcess, { address, logFile }: { address: string; logFile: string }) => {
  const ask = async () => server.exitCode !== null || (await query(address, 'select 1').catch(() => undefined));
  const progress = () => statSync(logFile).size;
  await until('a PostgreSQL that answers', ask, { progress }).catch(() => end(server, 'SIGQUIT'));
  if (server.exitCode !== null || server.signalCode !== null)
    throw new Error(`PostgreSQL did not start:\n${await readFile(logFile, 'utf8')}`);
};

const end = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = ended(server);
  server.kill(signal);
  await gone;
};

const ended = (child: ChildProcess): Promise<[number | null]> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve([code]));
  });

/** One statement on a connection of its own. */
export const query = async (address: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: address, connectionTimeoutMillis: patienceMs });
  // A server that stops tells the connection so; the promise tells it as well.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};
