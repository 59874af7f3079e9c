import { readText } from '@tu-esign/verifier/page/content-tokens.ts';
import { fromLatin1, toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { members, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { endByMuPdf, endByPdfJs, endByPoppler } from './ends.ts';
import { readInlineImage, type InlineImage } from './inline-image.ts';
import { operandsOf } from './operators.ts';

/** Content, and what its names mean. */
export interface Content {
  bytes: Uint8Array;
  objects: IndirectObjects;
  resources: PdfDict | undefined;
}

/** An image in the text of content. */
interface Found {
  text: string;
  /** Where its data begin: behind one character after ID. */
  data: number;
  image: InlineImage;
  endByPdfJs: number;
}

/**
 * Two ends of a line tell the end of a fax, at any bit of its last bytes (ITU-T T.6, 2.4.1.1). Where lines are not told from those
 * above them (/K of 0 and more), it has another end, and poppler reads on.
 */
const endOfFax = '000000000001'.repeat(2);
const bitsOf = (text: string): string =>
  Array.from(text, (byte) => byte.charCodeAt(0).toString(2).padStart(8, '0')).join('');
const endsFax = ({ dict }: InlineImage, data: string): boolean => {
  const parameters = dict.lookup('DecodeParms');
  const [own] = parameters instanceof PdfArray ? members(parameters) : [parameters];
  return own instanceof PdfDict && (numberAt(own, 'K') ?? 0) < 0 && bitsOf(data.slice(-12)).includes(endOfFax);
};

/** Of JPEG (ITU-T T.81, B.1.1.3). */
const endOfPicture = '\u00FF\u00D9';

/** Whose data say by themselves where they end. */
const marked = new Set(['ASCII85Decode', 'ASCIIHexDecode']);

const decodedLength = ({ dict }: InlineImage, data: string): number => {
  try {
    return decodeStream(new PdfStream(dict, fromLatin1(data))).length;
  } catch (error) {
    if (error instanceof Fault) return 0;
    throw error;
  }
};

/** Where those who read as many bytes as the image needs have come to then. */
const behindNeeded = ({ text, data, image, endByPdfJs: end }: Found): number => {
  const { filters, needed } = image;
  if (filters.length === 0 || needed === 0) return data + needed;
  const mark = end - 2;
  const coded = text.slice(data, mark);
  if (filters[0] === 'CCITTFaxDecode') return endsFax(image, coded) ? mark : end;
  const isPicture = filters.at(-1) === 'DCTDecode';
  if (isPicture) return filters.length > 1 || coded.includes(endOfPicture) ? mark : end;
  const length = decodedLength(image, coded);
  if (length < needed) return marked.has(filters[0]!) ? mark : end;
  return length > needed && coded.includes('EI') ? data : mark;
};

/** What only ends something. */
const ending = new Set(['Q', 'ET', 'EMC', 'EX', 'n']);

const shows = (text: string): boolean => {
  for (const { operator } of readText(text)) if (operandsOf.has(operator) && !ending.has(operator)) return true;
  return false;
};

/** Whether viewers find the end of an image at different places, and so draw what lies between, or not. */
const endsDifferently = (found: Found): boolean => {
  const { text, image, endByPdfJs: end } = found;
  const from = behindNeeded(found);
  const ends = [end, endByPoppler(text, from), endByMuPdf(text, from)];
  return image.twice || shows(text.slice(Math.min(...ends), Math.max(...ends)));
};

/** The image whose dictionary begins here; undefined where there is none. @throws Fault where it cannot be read */
const imageAt = (text: string, start: number, { objects, resources }: Content): Found | undefined => {
  for (const { operator, at } of readText(text, start)) {
    if (operator !== 'ID') continue;
    const image = readInlineImage(text.slice(start, at - 2), objects, resources);
    const data = at + 1;
    return { text, data, image, endByPdfJs: endByPdfJs(text, data, image.filters[0]) };
  }
  return undefined;
};

const nextImage = (text: string, start: number): number | undefined => {
  for (const { operator, at } of readText(text, start)) if (operator === 'BI') return at;
  return undefined;
};

/** Whether all viewers draw the same of content: an image within it ends at one place for all of them. */
export const isReadAlike = (content: Content): boolean => {
  if (!Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.length).includes('BI')) return true;
  const text = toLatin1(content.bytes);
  try {
    for (let at = nextImage(text, 0); at !== undefined;) {
      const found = imageAt(text, at, content);
      if (found && endsDifferently(found)) return false;
      at = found && nextImage(text, found.endByPdfJs);
    }
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
};
