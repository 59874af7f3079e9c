import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { until } from '../until.ts';
import type { World } from './world.ts';

/** Longer than anything that no record names is left alone for. */
const laterMs = 48 * 3_600_000;

/**
 * Two days later and after one more start, each file is named by a record, and no keys lie about that were never used. Of
 * a service on a folder alone: it is stopped for this.
 */
export const expectNamedFiles = async (world: World): Promise<void> => {
  const data = join(world.folder.path, 'data');
  if (!existsSync(join(data, 'records.sqlite'))) return;
  await Promise.all(world.processes.filter((one) => !one.hasEnded()).map((one) => one.signal('SIGTERM')));
  const named = listNamed(join(data, 'records.sqlite'));
  const listUnnamed = () => listFiles(join(data, 'files')).filter((file) => !named.has(file));
  const later = await world.start({ orders: [{ shiftMs: laterMs }] });
  await until('files that are all named', () => listUnnamed().length === 0 || undefined, {
    progress: listUnnamed,
    log: () => [...listUnnamed(), ...later.lines, ...later.complaints].join('\n'),
  });
  await later.signal('SIGTERM');
  expect(readdirSync(join(data, 'keys')).filter((name) => name.includes('.new-'))).toEqual([]);
};

/** As the tables have it. */
const listNamed = (path: string): Set<string> => {
  const database = new DatabaseSync(path);
  const documents = database.prepare('select host, digest from documents').all();
  const signings = database.prepare('select id, outputs_json from signings').all();
  database.close();
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
