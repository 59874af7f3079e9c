import { equalBytes } from '@tu-esign/verifier/bytes.ts';
import type { ArchiveOptions } from '#pades/archive.ts';
import { completeArchive, type Imprint, type TimeStamping } from '#pades/complete-signature.ts';
import type { PdfEngine } from '#pades/engine.ts';
import { assertArchived } from '#pades/verify-signature.ts';

/**
 * Adds what verifies a document long after, and a time-stamp over all of it, which is looked at as a verifier will.
 * @returns undefined where there is no time-stamp
 */
export const archive = async (
  engine: Pick<PdfEngine, 'archive'>,
  options: ArchiveOptions,
  stamping: { timeStamp: TimeStamping; algorithm: Imprint['algorithm'] },
): Promise<Uint8Array | undefined> => {
  const archived = await engine.archive(options);
  if (!(await completeArchive(archived, stamping))) return undefined;
  await assertArchived({ original: options.document, archived, algorithm: stamping.algorithm });
  return archived.document;
};

/** Each once, in their order. */
export const withoutRepeats = (ders: readonly Uint8Array[]): Uint8Array[] =>
  ders.filter((der, at, all) => all.findIndex((other) => equalBytes(other, der)) === at);

/** Name of the field of a signing; a partial name holds no full stop (ISO 32000-2, 12.7.4.2). */
export const fieldNameOf = (id: string): string => `tu-esign ${id.replaceAll('.', '-')}`;
