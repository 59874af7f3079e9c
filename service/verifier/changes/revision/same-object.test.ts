import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { IndirectObjects } from '#pdf/objects/indirect-objects.ts';
import { pdfNull, type PdfObject } from '#pdf/objects/object.ts';
import { ObjectParser } from '#pdf/parsing/object-parser.ts';
import { nodePorts } from '#ports/node.ts';
import { isAmbiguous, keysOf, partsOf, sameObject, sameUnder } from './same-object.ts';

const objects = new IndirectObjects(nodePorts);
const parse = (text: string): PdfObject => new ObjectParser(fromLatin1(text), objects).parseObject();
const dict = (text: string): PdfDict => parse(text) as PdfDict;
const stream = (entries: string, bytes: string): PdfStream => new PdfStream(dict(entries), fromLatin1(bytes));

test.each([
  ['1', '1.0'],
  ['-5', '-5.'],
  ['0.5', '.5'],
  ['/A', '/#41'],
  ['(A)', '<41>'],
  ['(A)', '(\\101)'],
  ['true', 'true'],
  ['7 0 R', '7 0 R'],
  ['null', 'null'],
  ['[1 (a) /B]', '[ 1 <61> /#42 ]'],
  ['<< /A 1 /B 2 >>', '<< /B 2 /A 1 >>'],
  ['<< /A 1 >>', '<< /A 1 /B null >>'],
  ['<< /Rect [1 2 3 4] >>', '<< /Rect [1.0 2 3 4.00] >>'],
])('%s and %s say the same', (one, other) => {
  expect([sameObject(parse(one), parse(other)), sameObject(parse(other), parse(one))]).toEqual([true, true]);
});

test.each([
  ['1', '2'],
  ['1', '1.00000000001'],
  ['1', '+1'],
  ['1', '1.0000000000'],
  ['1000000000', '1000000000.0'],
  ['1', '/1'],
  ['1', 'true'],
  ['/A', '/B'],
  ['/A', '(A)'],
  ['(A)', '(B)'],
  ['(\r)', '<0A>'],
  ['(p)', '<7>'],
  ['(A)', '/A'],
  ['true', 'false'],
  ['7 0 R', '8 0 R'],
  ['7 0 R', '7 1 R'],
  ['7 0 R', '7'],
  ['null', '0'],
  ['[1]', '[1 1]'],
  ['[1 2]', '[2 1]'],
  ['[1 2]', '[1 2.0]'],
  ['[]', '<< >>'],
  ['<< /A 1 >>', '<< /A 2 >>'],
  ['<< /A 1 >>', '<< /A 1 /B 1 >>'],
  ['<< /A 8 >>', '<< /A 8.0 >>'],
  ['<< /Rect [1 2 3 4] >>', '<< /Rect [1 2 3 5] >>'],
  ['<< /Rect [1 2 3 4] >>', '<< /Rect [1 2 3] >>'],
  ['<< /Rect 1 >>', '<< /Rect 1.0 >>'],
])('%s and %s do not', (one, other) => {
  expect([sameObject(parse(one), parse(other)), sameObject(parse(other), parse(one))]).toEqual([false, false]);
});

test('no object is null', () => {
  expect([sameObject(undefined, pdfNull), sameObject(undefined, undefined)]).toEqual([true, true]);
  expect(sameObject(undefined, parse('1'))).toBe(false);
});

test('streams are the same by their dictionaries and their bytes', () => {
  const one = stream('<< /A 1 >>', 'x');
  expect(sameObject(one, stream('<< /A 1 >>', 'x'))).toBe(true);
  expect(sameObject(one, stream('<< /A 2 >>', 'x'))).toBe(false);
  expect(sameObject(one, stream('<< /A 1 >>', 'y'))).toBe(false);
  expect([sameObject(one, dict('<< /A 1 >>')), sameObject(dict('<< /A 1 >>'), one)]).toEqual([false, false]);
});

test.each(['MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox', 'Rect', 'BBox', 'Matrix', 'QuadPoints'])(
  'the numbers of /%s need not be whole ones, as they must be elsewhere',
  (key) => {
    expect(sameUnder(key, parse('[1 2]'), parse('[1.0 2]'))).toBe(true);
    expect(sameUnder('Kids', parse('[1 2]'), parse('[1.0 2]'))).toBe(false);
  },
);

test('keys of two dictionaries are each there once, and no dictionary has none', () => {
  expect(keysOf(dict('<< /A 1 /B 2 >>'), dict('<< /B 1 /C 2 >>'))).toEqual(['A', 'B', 'C']);
  expect([keysOf(undefined, undefined), keysOf(dict('<< /A 1 >>'), undefined)]).toEqual([[], ['A']]);
});

test('parts are what stands in an object', () => {
  const parts = ['<< /A 1 /B [2] >>', '[1 /C]', '1'].map((text) => partsOf(parse(text)).map(String));
  expect(parts).toEqual([['1', '[ 2 ]'], ['1', '/C'], []]);
  expect(partsOf(stream('<< /A 1 >>', 'x')).map(String)).toEqual(['1']);
});

test('a key that stands twice with two values is found, wherever it is', () => {
  const twice = '<< /A 1 /A 2 >>';
  expect([twice, `[1 ${twice}]`, `<< /B [${twice}] >>`].map((text) => isAmbiguous(parse(text)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(isAmbiguous(stream(twice, 'x'))).toBe(true);
  expect([undefined, parse('<< /A 1 /A 1 >>'), parse('[1 << /A 1 >>]')].map(isAmbiguous)).toEqual([
    false,
    false,
    false,
  ]);
});
