import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { byteRangeText, type SignatureDictionary } from '#writing/signature-dictionary.ts';

/** The document with its update, and the gap in it that the signature goes into. */
export interface PreparedSignature {
  /** Has a buffer of its own, so that it can change threads without being copied. */
  document: Uint8Array<ArrayBuffer>;
  /** Offsets: of `<` and of the byte after `>`. */
  gap: { start: number; end: number };
}

/** Writes the update, the signature's dictionary last, and says in /ByteRange that all but its gap is covered. */
export const writeWithGap = (
  before: Uint8Array,
  update: IncrementalUpdate,
  { ref, dictionary }: { ref: PdfRef; dictionary: SignatureDictionary },
): PreparedSignature => {
  const { bytes, lastStart } = update.write({ ref, text: dictionary.text });
  const textStart = lastStart + `${ref.number} ${ref.generation} obj\n`.length;
  const document = new Uint8Array(before.length + bytes.length);
  document.set(before);
  document.set(bytes, before.length);
  const gap = { start: textStart + dictionary.contents.start, end: textStart + dictionary.contents.end };
  const range = byteRangeText([0, gap.start, gap.end, document.length - gap.end]);
  document.set(Buffer.from(range, 'latin1'), textStart + dictionary.byteRange);
  return { document, gap };
};
