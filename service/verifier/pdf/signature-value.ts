import { concatBytes, equalBytes, fromHex, toLatin1 } from '#bytes.ts';
import type { PdfDict } from './objects/containers.ts';
import { numbersAt } from './objects/entries.ts';
import { PdfHexString, PdfString } from './objects/strings.ts';
import { parseDate } from './objects/text.ts';
import type { PdfFile } from './pdf-file.ts';

/** A signature's value, and the ends of what it covers. */
export interface SignedBytes {
  contents: Uint8Array;
  bytes: Uint8Array;
  /** What is left out: from `<` to behind `>`. */
  gap: { start: number; end: number };
  /** Offset behind the last byte that is covered. */
  end: number;
}

/** What a hexadecimal string says that is nothing but its digits. */
const readGap = (gap: Uint8Array): Uint8Array | undefined => {
  const [, digits] = /^<((?:[0-9a-f]{2})*)>$/i.exec(toLatin1(gap)) ?? [];
  return digits === undefined ? undefined : fromHex(digits);
};

const isOffset = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

/** Undefined where /ByteRange leaves out anything but /Contents (ISO 32000-2, 12.8.1). */
export const readSignedBytes = ({ bytes }: PdfFile, signature: PdfDict): SignedBytes | undefined => {
  const range = numbersAt(signature, 'ByteRange', 4);
  const contents = signature.lookup('Contents');
  if (!range?.every(isOffset) || !(contents instanceof PdfHexString)) return undefined;
  const [start, first, second, last] = range as [number, number, number, number];
  const end = second + last;
  if (start !== 0 || end > bytes.length) return undefined;
  const value = readGap(bytes.subarray(first, second));
  if (!value || !equalBytes(value, contents.bytes())) return undefined;
  const covered = concatBytes(bytes.subarray(0, first), bytes.subarray(second, end));
  return { contents: value, bytes: covered, gap: { start: first, end: second }, end };
};

/** When it was signed, as the signer's machine says (12.8.1, 7.9.4). */
export const readClaimedTime = (signature: PdfDict): Date | undefined => {
  const value = signature.lookup('M');
  return value instanceof PdfString ? parseDate(value.text()) : undefined;
};
