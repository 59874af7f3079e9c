import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import { decodeText } from '@tu-esign/verifier/pdf/objects/text.ts';

/** What the strings of a font say; undefined where that cannot be told. */
export type ReadString = (string: string) => string | undefined;

const fromUtf16 = (hex: string): string =>
  new TextDecoder('utf-16be').decode(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));

/** As many codes as one map is read for. */
const mostCodes = 70_000;

const hex = '<\\s*([0-9A-Fa-f]+)\\s*>';

/** A /ToUnicode map (ISO 32000-2, 9.10.3): hexadecimal codes and what they stand for. */
const readToUnicode = (stream: PdfStream): Map<string, string> => {
  const bytes = decodeStream(stream);
  const text = toLatin1(bytes, 0, bytes.length);
  const map = new Map<string, string>();
  const add = (code: number, digits: number, said: string): void => {
    if (map.size < mostCodes) map.set(code.toString(16).padStart(digits, '0'), said);
  };
  for (const [, block = ''] of text.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const [, code = '', said = ''] of block.matchAll(new RegExp(`${hex}\\s*${hex}`, 'g')))
      add(Number.parseInt(code, 16), code.length, fromUtf16(said));
  for (const [, block = ''] of text.matchAll(/beginbfrange([^]*?)endbfrange/g))
    for (const [, first = '', last = '', said = ''] of block.matchAll(new RegExp(`${hex}\\s*${hex}\\s*${hex}`, 'g'))) {
      const [from, to] = [Number.parseInt(first, 16), Number.parseInt(last, 16)];
      const [start, end] = [said.slice(0, -4), Number.parseInt(said.slice(-4), 16)];
      for (let own = from; own <= to && map.size < mostCodes; own += 1)
        add(own, first.length, fromUtf16(start + (end + own - from).toString(16).padStart(4, '0')));
    }
  return map;
};

const byMap = (map: Map<string, string>, bytesPerCode: number): ReadString => {
  const width = 2 * bytesPerCode;
  return (string) => {
    const digits = Buffer.from(string, 'latin1').toString('hex');
    const codes = digits.match(new RegExp(`.{${width}}`, 'g')) ?? [];
    const said = codes.map((code) => map.get(code));
    return said.every((one) => one !== undefined) ? said.join('') : undefined;
  };
};

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const signs: Readonly<Record<string, string>> = Object.fromEntries([
  ...digits.map((name, digit) => [name, String(digit)]),
  ...Object.entries({ space: ' ', period: '.', comma: ',', hyphen: '-', slash: '/', colon: ':', dollar: '$' }),
  ...Object.entries({ percent: '%', parenleft: '(', parenright: ')', ampersand: '&', at: '@', plus: '+' }),
]);
const accents: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circumflex: '\u0302',
  dieresis: '\u0308',
  tilde: '\u0303',
  cedilla: '\u0327',
  ring: '\u030A',
  caron: '\u030C',
};

/** Letters that stand for several, and what is written beside letters. */
const others: Readonly<Record<string, string>> = {
  ff: 'ff',
  fi: 'fi',
  fl: 'fl',
  ffi: 'ffi',
  ffl: 'ffl',
  endash: '–',
  emdash: '—',
  quoteright: '’',
  quoteleft: '‘',
  quotedblleft: '“',
  quotedblright: '”',
  quotesingle: "'",
  quotedbl: '"',
  semicolon: ';',
  underscore: '_',
  numbersign: '#',
  exclamdown: '¡',
  questiondown: '¿',
  question: '?',
  exclam: '!',
  ordfeminine: 'ª',
  ordmasculine: 'º',
  degree: '°',
  dotlessi: 'ı',
};

/** A character by its number (Adobe Glyph List Specification, 2). */
const byNumber = (name: string): string | undefined => {
  const [, digits] = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(name)?.filter(Boolean) ?? [];
  const code = digits === undefined ? NaN : Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
};

/** What a glyph's name says, of those that forms are filled in with; undefined for others. */
const ofGlyph = (full: string): string | undefined => {
  // Behind a full stop is how it looks; underscores join the letters of a ligature.
  const [name = ''] = full.split('.');
  if (name.length === 1) return name;
  if (Object.hasOwn(others, name)) return others[name];
  if (/^[a-z](?:_[a-z])+$/.test(name)) return name.replaceAll('_', '');
  const numbered = byNumber(name);
  if (numbered !== undefined) return numbered;
  const [, letter = '', accent = ''] = /^([A-Za-z])([a-z]+)$/.exec(name) ?? [];
  if (Object.hasOwn(accents, accent)) return (letter + accents[accent]!).normalize('NFC');
  return Object.hasOwn(signs, name) ? signs[name] : undefined;
};

/** Codes that a font's encoding gives another glyph (9.6.5.1). */
const differences = (font: PdfDict): Map<number, string> => {
  const encoding = dictAt(font, 'Encoding');
  const changed = new Map<number, string>();
  let code = 0;
  for (const member of encoding ? members(arrayAt(encoding, 'Differences')) : []) {
    if (member instanceof PdfNumber) code = member.value;
    else if (member instanceof PdfName) changed.set(code++, ofGlyph(member.text) ?? String.fromCharCode(code - 1));
  }
  return changed;
};

const encodings = new Map([
  ['WinAnsiEncoding', new TextDecoder('windows-1252')],
  ['MacRomanEncoding', new TextDecoder('macintosh')],
]);

/** Of StandardEncoding (ISO 32000-2, table D.2), where it is not as PDFDocEncoding. */
const standard = new Map([
  [0x27, '’'],
  [0x60, '‘'],
  [0xae, 'fi'],
  [0xaf, 'fl'],
  [0xb1, '–'],
  [0xd0, '—'],
]);

const encodingOf = (font: PdfDict): string | undefined => {
  const encoding = font.lookup('Encoding');
  if (encoding instanceof PdfName) return encoding.text;
  return encoding instanceof PdfDict ? nameAt(encoding, 'BaseEncoding') : undefined;
};

/** What a code says by the encoding that its font begins with. */
const byEncoding = (font: PdfDict): ((code: number) => string) => {
  const name = encodingOf(font);
  const decoder = encodings.get(name ?? '');
  if (decoder) return (code) => decoder.decode(Uint8Array.of(code));
  const isStandard = name === 'StandardEncoding' || (name === undefined && nameAt(font, 'Subtype') === 'Type1');
  return (code) => (isStandard ? standard.get(code) : undefined) ?? decodeText(Uint8Array.of(code));
};

const simple = (font: PdfDict): ReadString => {
  const [changed, read] = [differences(font), byEncoding(font)];
  return (string) =>
    Array.from(string, (one) => changed.get(one.charCodeAt(0)) ?? read(one.charCodeAt(0) & 0xff)).join('');
};

/** How the strings that are shown in a font are read. */
export const readerOf = (font: PdfDict | undefined): ReadString => {
  if (!font) return () => undefined;
  const isComposite = nameAt(font, 'Subtype') === 'Type0';
  const map = font.lookup('ToUnicode');
  if (map instanceof PdfStream) {
    const byUnicode = byMap(readToUnicode(map), isComposite ? 2 : 1);
    const otherwise = isComposite ? () => undefined : simple(font);
    return (string) => byUnicode(string) ?? otherwise(string);
  }
  return isComposite ? () => undefined : simple(font);
};
