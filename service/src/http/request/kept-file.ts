import { FileAlteredError } from '#files/verified-files.ts';
import type { FileStore } from '#files/file-store.ts';
import { Problem } from '#problem.ts';
import type { Log } from '#telemetry/log.ts';
import type { Meter } from '#telemetry/meter.ts';

export interface KeptFileDeps {
  files: Pick<FileStore, 'read'>;
  log: Pick<Log, 'error'>;
  meter: Pick<Meter, 'fileDamaged'>;
}

/** Whose file it is, as the log tells it. */
export type FileOf = { signing: string } | { host: string };

/**
 * Reads a file that a record names. One that is missing or altered is told to the operator, since nobody else can mend it.
 * @throws Problem file-damaged
 */
export const readKept = async (key: string, of: FileOf, { files, log, meter }: KeptFileDeps): Promise<Buffer> => {
  const content = await files.read(key).catch((error: unknown) => {
    if (error instanceof FileAlteredError) return 'altered' as const;
    throw error;
  });
  if (content instanceof Uint8Array) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const found = content ?? 'missing';
  log.error('a file is not as it was kept: restore it from a backup', { ...of, found });
  meter.fileDamaged(found);
  throw new Problem('file-damaged');
};
