import { fromLatin1, indexOfBytes } from '#bytes.ts';
import { LimitFault } from '#pdf/fault.ts';
import { Lexer } from '#pdf/parsing/lexer.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';

const startxref = fromLatin1('startxref');
/** What nobody signs without: up to the first one nothing was signed, whatever its author has written there. */
const byteRange = fromLatin1('/ByteRange');
/** Agreements have a few; what has more is made to take time. */
const mostRevisions = 200;

/** Behind each `%%EOF` since the first signature, whether anything still refers to the revision that ends there or not. */
const endsOf = (bytes: Uint8Array): number[] => {
  const ends: number[] = [];
  const signed = indexOfBytes(bytes, byteRange);
  if (signed === -1) return ends;
  for (let at = indexOfBytes(bytes, startxref, signed); at !== -1; at = indexOfBytes(bytes, startxref, at + 1)) {
    const lexer = new Lexer(bytes, at + startxref.length);
    lexer.skipSpace();
    lexer.acceptInteger();
    lexer.skipSpace();
    if (lexer.acceptLetters('%%EOF')) ends.push(lexer.at);
  }
  return ends;
};

const tryOpen = (bytes: Uint8Array, ports: Inflater): PdfFile | undefined => {
  try {
    return openPdf(bytes, ports);
  } catch {
    return undefined;
  }
};

/**
 * The file as it was at earlier ends of it, as far as it can be read there.
 * @throws Fault where there are more than anybody looks at: what was signed at one of them would not be found
 */
export function* readEarlierRevisions({ bytes }: PdfFile, ports: Inflater): Generator<PdfFile> {
  const ends = endsOf(bytes);
  if (ends.length > mostRevisions) throw new LimitFault('There are too many revisions');
  for (const end of ends) {
    const earlier = end < bytes.length ? tryOpen(bytes.subarray(0, end), ports) : undefined;
    // With all bytes: what a signature covers may end a line behind.
    if (earlier) yield { ...earlier, bytes };
  }
}
