import { spawn } from 'node:child_process';
import { BackupError } from './backup-folder.ts';

/** PostgreSQL's own programs: its dumps are read by every later release of it. */
const run = (program: string, parameters: string[], databaseUrl: string): Promise<void> => {
  const { address, password } = split(databaseUrl);
  // Everybody on the machine sees what a program is called with.
  const env = { ...process.env, ...(password && { PGPASSWORD: password }) };
  const child = spawn(program, [...parameters, `--dbname=${address}`], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => void (said += text.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => {
      const missing = `${program} is not there: install PostgreSQL’s client programs, of the server’s release or newer`;
      reject(new BackupError(missing, { cause }));
    });
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new BackupError(`${program} says: ${said.trim().split('\n').slice(-3).join(' · ')}`));
    });
  });
};

const split = (databaseUrl: string): { address: string; password: string } => {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { address: url.href, password };
};

export const dumpPostgres = (databaseUrl: string, path: string): Promise<void> =>
  run('pg_dump', ['--format=custom', `--file=${path}`], databaseUrl);

/** Into a database that holds nothing yet: all of it, or nothing. */
export const restorePostgres = (databaseUrl: string, path: string): Promise<void> =>
  run('pg_restore', ['--no-owner', '--exit-on-error', '--single-transaction', path], databaseUrl);

/** @throws BackupError where somebody may still need what the database holds */
export const requireEmptyDatabase = async (databaseUrl: string): Promise<void> => {
  // Most services have no PostgreSQL: who restores to a folder does not load its client.
  const { Client } = await import('pg');
  const client = new Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ tables: string }>(
      `select count(*) as tables from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`,
    );
    if (rows[0]!.tables !== '0')
      throw new BackupError('the database is in use: make an empty one, and name it instead');
  } finally {
    await client.end();
  }
};
