import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { until } from '../until.ts';
import { recover } from './recover.ts';
import type { World } from './world.ts';

/** Longer than anything that no record names is left alone for. */
const laterMs = 48 * 3_600_000;

/** What there is to compare. */
export interface Kept {
  /** The names of all files. */
  listFiles(): string[];
  /** Those that records name. */
  listNamed(): Promise<Set<string>>;
}

/** Of a service on a folder alone. */
export const keptIn = (folder: string): Kept => ({
  listFiles: () => listFiles(join(folder, 'files')),
  listNamed: async () => listNamed(join(folder, 'records.sqlite')),
});

/**
 * Two days later and after one more start, each file is named by a record, and no keys lie about that were never used. All
 * that runs is stopped for this.
 */
export const expectNamedFiles = async (world: World, kept: Kept): Promise<void> => {
  await Promise.all(world.processes.filter((one) => !one.hasEnded()).map((one) => one.signal('SIGTERM')));
  const named = await kept.listNamed();
  expect(named.size).toBeGreaterThan(0);
  const listUnnamed = () => kept.listFiles().filter((file) => !named.has(file));
  const later = await recover(world, { orders: [{ shiftMs: laterMs }] });
  await until('files that are all named', () => listUnnamed().length === 0 || undefined, {
    progress: listUnnamed,
    log: () => [...listUnnamed(), ...later.lines, ...later.complaints].join('\n'),
  });
  await later.signal('SIGTERM');
  const keys = join(world.folder.path, 'data', 'keys');
  expect((existsSync(keys) ? readdirSync(keys) : []).filter((name) => name.includes('.new-'))).toEqual([]);
};

/** As the tables have it. */
const listNamed = (path: string): Set<string> => {
  const database = new DatabaseSync(path);
  const documents = database.prepare('select host, digest from documents').all();
  const signings = database.prepare('select id, outputs_json from signings').all();
  database.close();
  return toNames(documents, signings);
};

type Rows = readonly Record<string, unknown>[];

/** What files are called that rows of the two tables name. */
export const toNames = (documents: Rows, signings: Rows): Set<string> => {
  const outputs = signings.flatMap(({ id, outputs_json: outputs }) =>
    Object.values(JSON.parse(String(outputs)) as Record<string, { digest: string }>).map(
      ({ digest }) => `signings/${String(id)}/${digest}`,
    ),
  );
  return new Set([...documents.map(({ host, digest }) => `documents/${String(host)}/${String(digest)}`), ...outputs]);
};

const listFiles = (folder: string): string[] => {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
};
