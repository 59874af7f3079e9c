import { concatBytes, startsWith } from '#bytes.ts';

// Where PDFDocEncoding is not latin1 (ISO 32000-2, table D.2): from 0x18, from 0x7f, and two more.
const accents = '˘ˇˆ˙˝˛˚˜';
const typographic = '\uFFFD•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD€';

const fromPdfDocEncoding = (byte: number): string => {
  if (byte === 0x16) return '\u0017';
  if (byte === 0xad) return '\uFFFD';
  return accents[byte - 0x18] ?? typographic[byte - 0x7f] ?? String.fromCharCode(byte);
};

const marks: [Uint8Array, string][] = [
  [Uint8Array.of(0xfe, 0xff), 'utf-16be'],
  // not PDF's, but written
  [Uint8Array.of(0xff, 0xfe), 'utf-16le'],
  [Uint8Array.of(0xef, 0xbb, 0xbf), 'utf-8'],
];

/** What a text string says: UTF-16 or UTF-8 behind a byte order mark, or PDFDocEncoding (7.9.2.2). */
export const decodeText = (bytes: Uint8Array): string => {
  const marked = marks.find(([mark]) => startsWith(bytes, mark));
  if (marked) return new TextDecoder(marked[1]).decode(bytes);
  return Array.from(bytes, fromPdfDocEncoding).join('');
};

/** UTF-16 with its byte order mark. */
export const encodeText = (text: string): Uint8Array => {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return concatBytes(marks[0]![0], Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 0xff])));
};

const date = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([-+Z])?(\d\d)?'?(\d\d)?'?$/;

const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Undefined where a text is no date (7.9.4), or none that there is. */
export const parseDate = (text: string): Date | undefined => {
  const match = date.exec(text);
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hours = '00', minutes = '00', seconds = '00', sign = 'Z', ...zone] = match;
  const [zoneHours = '00', zoneMinutes = '00'] = zone;
  const offset = sign === 'Z' ? 'Z' : `${sign}${zoneHours}:${zoneMinutes}`;
  const found = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${offset}`);
  // Of a 30th of February JavaScript makes a day in March.
  if (Number.isNaN(found.getTime()) || Number(day) > lastDayOf(Number(year), Number(month))) return undefined;
  return found;
};
