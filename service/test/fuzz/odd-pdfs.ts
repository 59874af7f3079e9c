import { array, constantFrom, nat, oneof, record, type Arbitrary } from 'fast-check';
import { readSample } from '../sample-pdfs.ts';

/** Small, and each of another kind: tables and streams, object streams, updates, forms, signatures, repairs. */
export const samples = [
  ...'bad3|bug1671312_reduced|empty|issue14802|issue7115|jbig2_symbol_offset|lin2|rotation'.split('|'),
  ...'minimal-with-simple-form|minimal-signed-twice-no-sig-type|PDF-2.0-via-incremental-save|pdfkit'.split('|'),
  ...'PDF-2.0-with-offset-start|PDFBOX-3940|recover-xref-stream|xref-errors|xref-off-by-one'.split('|'),
  ...'sig-no-signed-attrs|crazyones-pdfa|002-trivial-libre-office-writer|linearization-bounds-1'.split('|'),
].map((name) => readSample(`${name}.pdf`));

export const numbers = [
  ...'0|1|-1|2|3|7|64|65535|65536|2147483647|4294967296|9999999999'.split('|'),
  ...'99999999999999999999|1e9|.5|-.0|--1'.split('|'),
];
export const references = ['0 0 R', '1 0 R', '2 0 R', '3 0 R', '4 0 R', '5 0 R', '1 65535 R', '99999 0 R', '-1 0 R'];
export const filters = [
  ...'/FlateDecode|[/FlateDecode /FlateDecode]|/ASCIIHexDecode|/ASCII85Decode|/LZWDecode|/Crypt'.split('|'),
  ...'/RunLengthDecode|/DCTDecode|[/ASCIIHexDecode /FlateDecode]|[null]|[[/FlateDecode]]|3'.split('|'),
];
export const names = [
  ...'/Kids|/Parent|/Prev|/XRefStm|/Length|/Filter|/Fields|/AcroForm|/Root|/Size|/W'.split('|'),
  ...'/Type|/Pages|/Page|/Index|/First|/N|/MediaBox|/Rotate|/Encrypt|/Resources|/Perms'.split('|'),
];
const marks = [
  ...'null|true|[|]|<<|>>|()|(|<>|<|%|R|obj|endobj|stream|endstream'.split('|'),
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '/#00',
  '/',
  '(\\',
  '<<'.repeat(3_000),
  '['.repeat(3_000),
];

/** The n-th token of a kind becomes another. */
interface TokenChange {
  of: keyof typeof patterns;
  at: number;
  to: string;
}

export const patterns = {
  number: /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g,
  name: /\/[A-Za-z]\w*/g,
  reference: /\d+ \d+ R/g,
  any: /<<|>>|[[\]()]|\/?[\w.]+/g,
};

const change = (of: TokenChange['of'], ...to: string[]): Arbitrary<TokenChange> =>
  record({ of: constantFrom(of), at: nat({ max: 5_000 }), to: constantFrom(...to) });

/** One to four changes of tokens. */
export const tokenChanges: Arbitrary<TokenChange[]> = array(
  oneof(
    change('number', ...numbers),
    change('name', ...names),
    change('reference', ...references),
    change('any', ...numbers, ...names, ...marks, ...filters, ...references),
  ),
  { minLength: 1, maxLength: 4 },
);

// what comes after it stays where it was, if it fits
export const fill = (to: string, from: string): string =>
  /^0\d+$/.test(from) && /^\d+$/.test(to) ? to.padStart(from.length, '0') : to.padEnd(from.length);

const changeOne = (text: string, { of, at, to }: TokenChange): string => {
  const found = [...text.matchAll(patterns[of])];
  const token = found[at % found.length];
  if (!token) return text;
  return text.slice(0, token.index) + fill(to, token[0]) + text.slice(token.index + token[0].length);
};

/** A PDF with its tokens changed, one after the other. */
export const changeTokens = (pdf: Buffer, changes: TokenChange[]): Buffer =>
  Buffer.from(changes.reduce(changeOne, pdf.toString('latin1')), 'latin1');
