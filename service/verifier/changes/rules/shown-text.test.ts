import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { IndirectObjects } from '#pdf/objects/indirect-objects.ts';
import { ObjectParser } from '#pdf/parsing/object-parser.ts';
import { nodePorts } from '#ports/node.ts';
import { shownText } from './shown-text.ts';

const objects = new IndirectObjects(nodePorts);
const parse = (text: string): PdfDict => new ObjectParser(fromLatin1(text), objects).parseObject() as PdfDict;

const shown = (content: string, entries = ''): string | undefined =>
  shownText(new PdfStream(parse(`<< /Subtype /Form ${entries} >>`), fromLatin1(content)));

test('strings that are shown are its text, in all the ways in which they are shown and written', () => {
  expect(shown('(a) Tj [(b) -3 <63>] TJ (d) \' 1 2 (e) "')).toBe('abcde');
  expect(shown('(a(b(c))) Tj')).toBe('a(b(c))');
  expect(shown('(hi) Tj <48\x0065> Tj <4z8> Tj')).toBe('hiHeH');
});

test('what is in a comment, or shown by no operator, is not', () => {
  expect(shown('% (a) Tj\n(b) Tj (c) pop')).toBe('b');
});

test.each(['/X Do', '/X\0Do', '/X\0sh', '0 0 1 1 2 2\0c', '0 0 1 1 v', '0 0 1 1 y', 'BI ID x EI', '3 Tr'])(
  'what draws more, or less, cannot be told: %j',
  (operation) => {
    expect(shown(`(a) Tj ${operation}`)).toBeUndefined();
  },
);

test('straight lines are no text', () => {
  expect(shown('0 0 9 9 re f 0 0 m 9 9 l S (a) Tj')).toBe('a');
});

test.each(['/XObject << /X null >>', '/Pattern << >>', '/Shading << >>'])(
  'with resources that draw it cannot be told: %s',
  (resources) => {
    expect(shown('(a) Tj', `/Resources << ${resources} >>`)).toBeUndefined();
  },
);

test.each([
  ['<< /Subtype /Type1 >>', 'a'],
  ['<< /Subtype /Type1 /Encoding /WinAnsiEncoding >>', 'a'],
  ['<< /Subtype /Type1 /Encoding << >> >>', undefined],
  ['<< /Subtype /Type0 >>', undefined],
  ['null', undefined],
])('a font tells its letters, or not: %s', (font, text) => {
  expect(shown('(a) Tj', `/Resources << /Font << /F ${font} >> >>`)).toBe(text);
});

test('what cannot be decoded, or is long, cannot be told', () => {
  expect(shown('(a) Tj', '/Filter /FlateDecode')).toBeUndefined();
  expect(shown(`(a) Tj${' '.repeat(1 << 20)}`)).toBeUndefined();
});
