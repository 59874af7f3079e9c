import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RevocationReason } from '@tu-esign/contract';
import { z } from 'zod';
import type { Revocation } from '#authority/revocation/revocations.ts';
import type { RootFiles } from '#authority/offline/create-root.ts';
import { syncFolder, writeDurably } from '#files/durable.ts';
import { KeysError } from '#keys/key-storage.ts';

/** What lies in the folder of a root that is kept apart from services. */
export const rootNames = {
  key: 'root.key.pem',
  certificate: 'root.pem',
  list: 'root.crl.pem',
  revoked: 'revoked.json',
  /** What was certified, for who keeps books. */
  issued: 'issued.pem',
} as const;

const Revoked = z.array(
  z.object({ serialNumber: z.string(), reason: RevocationReason, revokedAt: z.int(), registeredAt: z.int() }),
);

/** @throws KeysError where something is in the folder already */
export const createRootFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new KeysError(`${folder} is not empty: name a new folder`);
};

/** Puts a file in place of that which is there, whole or not at all. */
export const writeRootFile = async (folder: string, name: string, text: string): Promise<void> => {
  const temporary = join(folder, `${name}.${randomBytes(6).toString('hex')}`);
  try {
    await writeDurably(temporary, text);
    await rename(temporary, join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

const readText = async (folder: string, name: string): Promise<string | undefined> => {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** @throws KeysError that says which file is missing */
export const readRootFiles = async (folder: string): Promise<RootFiles> => {
  const [key, certificate] = await Promise.all([
    readText(folder, rootNames.key),
    readText(folder, rootNames.certificate),
  ]);
  if (key === undefined) throw new KeysError(`${folder} has no ${rootNames.key}: the root's key is missing`);
  if (certificate === undefined) throw new KeysError(`${folder} has no ${rootNames.certificate}`);
  return { key, certificate };
};

export const readRevoked = async (folder: string): Promise<Revocation[]> => {
  try {
    return Revoked.parse(JSON.parse((await readText(folder, rootNames.revoked)) ?? '[]'));
  } catch (cause) {
    throw new KeysError(`${join(folder, rootNames.revoked)} was altered: restore it from a backup`, { cause });
  }
};

export const appendIssued = async (folder: string, pem: string): Promise<void> =>
  writeRootFile(folder, rootNames.issued, ((await readText(folder, rootNames.issued)) ?? '') + pem);
