import { concatBytes, fromLatin1 } from '#bytes.ts';
import { PdfStream } from './containers.ts';
import { PdfNumber, type PdfObject, type PdfRef } from './object.ts';

const bodyOf = (object: PdfObject): Uint8Array => {
  if (!(object instanceof PdfStream)) return fromLatin1(object.toString());
  const { dict, contents } = object;
  dict.set('Length', new PdfNumber(contents.length));
  return concatBytes(fromLatin1(`${dict.toString()}\nstream\n`), contents, fromLatin1('\nendstream'));
};

/** An object as a file has it (ISO 32000-2, 7.3.10); of a stream, with the length that it has. */
export const writeIndirectObject = ({ number, generation }: PdfRef, object: PdfObject): Uint8Array =>
  concatBytes(fromLatin1(`${number} ${generation} obj\n`), bodyOf(object), fromLatin1('\nendobj\n'));
