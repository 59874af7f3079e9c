import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { writeDurably } from '#files/durable.ts';
import { SetupError } from '#setup-error.ts';

/** A backup or a restore cannot be done as things are; the message says what to do. */
export class BackupError extends SetupError {
  override name = 'BackupError';
}

const About = z.object({
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The records: a SQLite file, or a dump of PostgreSQL. */
  kind: z.enum(['sqlite', 'postgres']),
  /** Of the records, in hexadecimal. */
  sha256: z.string(),
  files: z.int().min(0),
});

/** What a backup says of itself: written last, so that a folder without it is a backup that was not finished. */
export type About = z.infer<typeof About>;

export const recordsFile = { sqlite: 'records.sqlite', postgres: 'records.dump' } as const;

const aboutPath = (folder: string): string => join(folder, 'backup.json');

export const writeAbout = (folder: string, about: About): Promise<void> =>
  writeDurably(aboutPath(folder), `${JSON.stringify(about, undefined, 2)}\n`);

/** @throws BackupError where it is no backup, or one that was not finished */
export const readAbout = async (folder: string): Promise<About> => {
  try {
    return About.parse(JSON.parse(await readFile(aboutPath(folder), 'utf8')));
  } catch (cause) {
    throw new BackupError(`${folder} is no backup, or one that was not finished: it has no backup.json`, { cause });
  }
};

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};
