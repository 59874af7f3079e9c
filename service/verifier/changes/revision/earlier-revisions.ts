import { fromLatin1, indexOfBytes } from '#bytes.ts';
import { Lexer } from '#pdf/parsing/lexer.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';

const startxref = fromLatin1('startxref');
/** Agreements have a few; what has more is made to take time. */
const mostRevisions = 100;

/** Behind each `%%EOF` of the file, whether anything still refers to the revision that ends there or not. */
const endsOf = (bytes: Uint8Array): number[] => {
  const ends: number[] = [];
  for (let at = indexOfBytes(bytes, startxref); at !== -1; at = indexOfBytes(bytes, startxref, at + 1)) {
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

/** The file as it was at earlier ends of it, as far as it can be read there. */
export function* readEarlierRevisions({ bytes }: PdfFile, ports: Inflater): Generator<PdfFile> {
  for (const end of endsOf(bytes).slice(0, mostRevisions)) {
    const earlier = end < bytes.length ? tryOpen(bytes.subarray(0, end), ports) : undefined;
    // With all bytes: what a signature covers may end a line behind.
    if (earlier) yield { ...earlier, bytes };
  }
}
