import { createHash } from 'node:crypto';
import { z } from 'zod';
import { KeysError, type KeyFiles } from './key-storage.ts';

export const manifestName = 'manifest.json';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const Manifest = z.object({
  sha256: z.record(z.string(), z.string()),
  /** The files' names in the folder, where they are others than their own: since they were replaced. */
  places: z.record(z.string(), z.string()).optional(),
});

/** What a folder of keys has: what is not named there is not one of them. */
export type Manifest = z.infer<typeof Manifest>;

export const writeManifest = (files: KeyFiles, places?: Record<string, string>): string => {
  const digests = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]));
  return JSON.stringify({ version: places ? 2 : 1, sha256: digests, ...(places && { places }) });
};

/** @throws KeysError */
export const readManifest = (path: string, text: string): Manifest => {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw altered(path);
  }
};

export const placeOf = ({ places }: Manifest, name: string): string => places?.[name] ?? name;

export const altered = (path: string): KeysError => new KeysError(`${path} was altered: restore it from a backup`);
