import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { fromLatin1, toHex, toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import type { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { PdfName, PdfNumber, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString, PdfLiteralString, type PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { parseDate } from '@tu-esign/verifier/pdf/objects/text.ts';
import { writeIndirectObject } from '@tu-esign/verifier/pdf/objects/write-object.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { readSample } from '../sample-pdfs.ts';

const objects = new IndirectObjects(nodePorts);
const parse = (text: string): PdfObject => new ObjectParser(fromLatin1(text), objects).parseObject();
const parseIndirect = (text: string) => new ObjectParser(fromLatin1(text), objects).parseIndirectObject();
const bytesOf = (text: string): string => toHex((parse(text) as PdfString).bytes());
const textOf = (text: string): string => (parse(text) as PdfString).text();

test.each([
  ['null', 'null'],
  ['true', 'true'],
  ['-.50', '-.50'],
  ['007', '007'],
  ['4.', '4.'],
  ['9'.repeat(20), '9'.repeat(20)],
  ['595.27559099999996', '595.27559099999996'],
  ['/A#42#20', '/A#42#20'],
  ['/Ñ', '/Ñ'],
  ['(a \\(b\\) (c)\\\n)', '(a \\(b\\) (c)\\\n)'],
  ['<0a F>', '<0a F>'],
  ['12 0 R', '12 0 R'],
  ['[1 2 R/a(b)<</c null>>]', '[ 1 2 R /a (b) <<\n/c null\n>> ]'],
  ['[ 1 0 R 2 3 ]', '[ 1 0 R 2 3 ]'],
  ['[1%]\n2]', '[ 1 2 ]'],
  ['[-1 0 R -1 0 2]', '[ -1 0 R -1 0 2 ]'],
  ['12%x\n0 R', '12 0 R'],
  [`[${'[] '.repeat(300)}]`, `[ ${'[ ] '.repeat(300)}]`],
  ['<</A 1/#42 2%>>\r>>', '<<\n/A 1\n/#42 2\n>>'],
])('%j is written as it was', (text, written) => {
  expect(parse(text).toString()).toBe(written);
});

test.each([
  '',
  '-',
  '.',
  '+',
  '--1',
  '1-2',
  '1.2.3',
  '1e9',
  '0.00-35',
  '12abc',
  '9'.repeat(400),
  'nul',
  'truefalse',
  'R',
  '[',
  '[1',
  ']',
  '<<',
  '<< /A >>',
  '<< 1 2 >>',
  '<< /A 1 >',
  '<< /A 1',
  '{}',
  '>',
  '(',
  '(()',
  '(\\)',
  '<',
  '<0g>',
  '<(>',
  '4294967296 0 R',
  '2147483648 0 R',
  '[-1.5 0 R]',
  '1 65536 R',
  '['.repeat(300),
  '<</A'.repeat(300),
])('%j is no object', (text) => {
  expect(() => parse(text)).toThrow(Fault);
});

test('what is nested endlessly, or has endless parts, is refused before memory is full', () => {
  expect(() => parse('['.repeat(1_000_000))).toThrow('nested too deep');
  expect(() => parse(`[${'0 '.repeat(500_001)}]`)).toThrow('too many parts');
});

test('numbers are what they say, and written without exponents', () => {
  expect((parse('-.50') as PdfNumber).value).toBe(-0.5);
  expect((parse('+17') as PdfNumber).value).toBe(17);
  expect([1e-7, 1.5, -3, 0, 1e21, 0.1 + 0.2].map((value) => new PdfNumber(value).toString())).toEqual([
    '0.0000001',
    '1.5',
    '-3',
    '0',
    '1000000000000000000000',
    '0.30000000000000004',
  ]);
});

test('names are the same whatever their spelling, and every byte can be in one', () => {
  expect((parse('/A#42') as PdfName).text).toBe('AB');
  // once, not twice
  expect((parse('/#2341') as PdfName).text).toBe('#41');
  expect((parse('/A#4') as PdfName).text).toBe('A#4');
  const every = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
  expect((parse(new PdfName(every).toString()) as PdfName).text).toBe(every);
});

test.each([
  ['(a\\nb\\\r\nc\rd\r\ne\\12\\053\\7777\\q\\\\)', Buffer.from('a\nbc\nd\ne\n+\xff7q\\', 'latin1').toString('hex')],
  ['(\\(\\))', '2829'],
  ['<4 1\n4>', '4140'],
  ['<>', ''],
])('%j has its bytes', (text, hex) => {
  expect(bytesOf(text)).toBe(hex);
});

test('every string that is written is read again', () => {
  assert(
    property(uint8Array(), (bytes) => {
      expect(bytesOf(PdfHexString.of(bytes).toString())).toBe(toHex(bytes));
      expect(bytesOf(PdfLiteralString.of(toLatin1(bytes)).toString())).toBe(toHex(bytes));
    }),
  );
  for (const text of ['Łucja Đorđa 😀', '', 'ÿþ']) expect(textOf(PdfHexString.ofText(text).toString())).toBe(text);
});

test.each([
  ['<FEFF00D1006100610020D83DDE00>', 'Ñaa 😀'],
  ['<FFFED1006100>', 'Ñ'.concat('a')],
  ['<EFBBBFC3916161>', 'Ñaa'],
  ['<FEFFD800>', '\uFFFD'],
  ['(\\221\\324\\240\\030\\237\\255\\261)', '‚Ô€˘\uFFFD\uFFFD±'],
])('%j is the text %j', (text, said) => {
  expect(textOf(text)).toBe(said);
});

test('dates have a zone, and months that there are', () => {
  expect(parseDate("D:20261124130541-06'00'")?.toISOString()).toBe('2026-11-24T19:05:41.000Z');
  expect(parseDate('D:2026')?.toISOString()).toBe('2026-01-01T00:00:00.000Z');
  expect(parseDate('D:20261324')).toBeUndefined();
  expect(parseDate('2026')).toBeUndefined();
});

test('a key that stands twice is noticed, and the last value is taken', () => {
  const dict = parse('<< /A 1 /B 2 /#41 3 >>') as PdfDict;
  expect(dict.repeatedKeys).toEqual(['A']);
  expect(dict.get('A')).toMatchObject({ value: 3 });
  for (const once of ['<< /A 1 /B 2 >>', '<< /A 1 /B 2 /A 1 >>'])
    expect((parse(once) as PdfDict).repeatedKeys).toEqual([]);
});

test('null is as no entry, and stays where it stands', () => {
  const dict = parse('<< /A null /B 7 0 R >>') as PdfDict;
  expect([dict.has('A'), dict.get('A'), dict.lookup('A'), dict.has('B'), dict.lookup('B')]).toEqual([
    false,
    undefined,
    undefined,
    true,
    undefined,
  ]);
  expect(dict.toString()).toContain('/A null');
});

test('an indirect object says from where to where it stands', () => {
  const text = '7 0 obj << /Length 3 >>\nstream\r\nabc\nendstream\nendobj\n';
  const { ref, object, start, end } = parseIndirect(text);
  expect([ref, start, text.slice(0, end).endsWith('endobj')]).toEqual([objects.ref(7), 0, true]);
  expect(toLatin1((object as PdfStream).contents)).toBe('abc');
  expect(toLatin1(writeIndirectObject(ref, object))).toBe(
    '7 0 obj\n<<\n/Length 3\n>>\nstream\nabc\nendstream\nendobj\n',
  );
});

test('references are the same by their number and generation', () => {
  expect([objects.ref(7, 1), objects.ref(1, 7)].map(String)).toEqual(['7 1 R', '1 7 R']);
  expect(objects.ref(7, 1)).toBe(objects.ref(7, 1));
  expect(objects.ref(2 ** 31 - 1).number).toBe(2 ** 31 - 1);
});

test('white space before an indirect object is let be, as every reader does, and nothing else', () => {
  expect(parseIndirect(' \n7 0 obj 1 endobj').ref).toBe(objects.ref(7));
  expect(() => parseIndirect('x7 0 obj 1 endobj')).toThrow(Fault);
});

test.each([
  '-7 0 obj 1',
  '7 x obj 1',
  '7 0 obj << /Length -1 >>\nstream\nendstream',
  '7 0 1',
  '7 0 obj',
  '7 0 objx',
  '7 0 obj << >> stream abc endstream',
])('%j is no indirect object', (text) => {
  expect(() => parseIndirect(text)).toThrow(Fault);
});

const fileOf = (length: string, ...more: string[]) => {
  const parts = [
    `1 0 obj << /Length ${length} >> stream\nabc\nendstream endobj\n`,
    ...more.map((one) => `${one} endobj\n`),
  ];
  const offsets = parts.map((_, index) => 9 + parts.slice(0, index).join('').length);
  const body = `%PDF-1.7\n${parts.join('')}`;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const head = `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${entries}trailer << /Size 9 /Root 2 0 R >>`;
  return openPdf(fromLatin1(`${body}${head} startxref ${body.length} %%EOF`), nodePorts);
};

test('a length may be an object, which may not need the stream itself', () => {
  const catalog = '2 0 obj << /Type /Catalog >>';
  const sound = fileOf('3 0 R', catalog, '3 0 obj 3');
  expect(sound.objects.lookup(sound.objects.ref(1))).toMatchObject({ contents: fromLatin1('abc') });
  for (const file of [fileOf('1 0 R', catalog), fileOf('5', catalog), fileOf('8 0 R', catalog)])
    // once as the other time
    for (let times = 0; times < 2; times += 1) expect(() => file.objects.lookup(file.objects.ref(1))).toThrow(Fault);
});

test('where each object comes from is known: its update, its stream, its bytes', () => {
  const signed = openPdf(readSample('minimal-signed-twice-no-sig-type.pdf'), nodePorts);
  expect(signed.crossReference.sections.length).toBeGreaterThan(2);
  const sections = [...signed.crossReference.places.keys()].map((number) => {
    const origin = signed.originOf(signed.objects.ref(number));
    if (origin?.stream === undefined && origin)
      expect(toLatin1(signed.bytes, origin.start, origin.end)).toMatch(new RegExp(`^${number} 0 obj[^]*endobj$`));
    return origin?.section;
  });
  expect(new Set(sections)).toContain(0);
  expect(signed.originOf(signed.catalogRef)!.section).toBeLessThan(signed.crossReference.sections.length - 1);
  const packed = openPdf(readSample('T6.pdf'), nodePorts);
  const inStream = [...packed.crossReference.places].find(([, place]) => place && 'stream' in place)![0];
  const origin = packed.originOf(packed.objects.ref(inStream))!;
  expect(origin).toMatchObject({ section: 0, stream: expect.any(Number) as number });
  expect(packed.originOf(packed.objects.ref(0))).toBeUndefined();
});
