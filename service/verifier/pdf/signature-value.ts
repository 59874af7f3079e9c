import { PDFHexString, PDFString, type PDFDict } from '@cantoo/pdf-lib';
import type { PdfFile } from './pdf-file.ts';
import { name, numbersAt } from './pdf-objects.ts';

/** A signature's value, and the ends of what it covers. */
export interface Covered {
  contents: Buffer;
  bytes: Buffer;
  /** Offset behind the last byte that is covered. */
  end: number;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Undefined where /ByteRange leaves out anything but /Contents (ISO 32000-2, 12.8.1). */
export const readCovered = ({ bytes }: PdfFile, signature: PDFDict): Covered | undefined => {
  const range = numbersAt(signature, 'ByteRange', 4);
  const contents = signature.lookup(name('Contents'));
  if (!range || !(contents instanceof PDFHexString)) return undefined;
  const [start, first, second, last] = range as [number, number, number, number];
  const [gap, end] = [bytes.toString('latin1', first, second), second + last];
  if (start !== 0 || end > bytes.length || !/^<[0-9a-f]*>$/i.test(gap)) return undefined;
  const value = Buffer.from(gap.slice(1, -1), 'hex');
  if (!value.equals(asBuffer(contents.asBytes()))) return undefined;
  return { contents: value, bytes: Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, end)]), end };
};

/** When it was signed, as the signer's machine says (12.8.1, 7.9.4). */
export const readClaimedTime = (signature: PDFDict): Date | undefined => {
  const value = signature.lookup(name('M'));
  if (!(value instanceof PDFString || value instanceof PDFHexString)) return undefined;
  try {
    return value.decodeDate();
  } catch {
    return undefined;
  }
};
