import { expect, test } from 'vitest';
import { fromLatin1, toLatin1 } from '#bytes.ts';
import { Fault } from '#pdf/fault.ts';
import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { IndirectObjects } from '#pdf/objects/indirect-objects.ts';
import { PdfNumber, PdfRef } from '#pdf/objects/object.ts';
import { nodePorts } from '#ports/node.ts';
import { ObjectParser } from './object-parser.ts';

/** Where an object ends, and what stands around its parts: more of the same is in `test/verifier/pdf-objects.test.ts`. */

const objects = new IndirectObjects(nodePorts);
const parserOf = (text: string, at = 0) => new ObjectParser(fromLatin1(text), objects, at);

/** What is parsed, and what is left behind it. */
const parse = (text: string): [string, string] => {
  const parser = parserOf(text);
  const object = parser.parseObject();
  return [object.toString(), text.slice(parser.at)];
};

test.each([
  ['/A/B', ['/A', '/B']],
  ['/A<<', ['/A', '<<']],
  ['(a(b)c)d)', ['(a(b)c)', 'd)']],
  ['(\\))x', ['(\\))', 'x']],
  ['(\\\\)x)', ['(\\\\)', 'x)']],
  ['()x', ['()', 'x']],
  ['<0A>>', ['<0A>', '>']],
  ['<>x', ['<>', 'x']],
  ['<0a\0\t\n\f\r B>x', ['<0a\0\t\n\f\r B>', 'x']],
  ['[]]', ['[ ]', ']']],
  ['[1]2', ['[ 1 ]', '2']],
  ['<<>>>', ['<<\n>>', '>']],
  ['12 0 R 1', ['12 0 R', ' 1']],
  ['12 0 1', ['12', ' 0 1']],
  ['12 0 R1', ['12', ' 0 R1']],
  ['12 R', ['12', ' R']],
  ['-1 0 R 1', ['-1 0 R', ' 1']],
  ['-1 0 1', ['-1', ' 0 1']],
  ['-1.0 0 1', ['-1.0', ' 0 1']],
  ['+1 0 1', ['+1', ' 0 1']],
  ['true]', ['true', ']']],
  ['false/', ['false', '/']],
  ['null ', ['null', ' ']],
  ['%x\n%y\r 7', ['7', '']],
])('%j ends where it ends', (text, parsed) => {
  expect(parse(text)).toEqual(parsed);
});

test.each([
  ['0', 0, '0'],
  ['00', 0, '00'],
  ['007', 7, '007'],
  ['10', 10, '10'],
  ['-0', -0, '-0'],
  ['+.5', 0.5, '+.5'],
  ['-12.34', -12.34, '-12.34'],
  ['12.', 12, '12.'],
])('%s is a number, as it is written', (text, value, written) => {
  const number = parserOf(text).parseObject();
  expect(number).toBeInstanceOf(PdfNumber);
  expect([(number as PdfNumber).value, number.toString()]).toEqual([value, written]);
});

test.each(['+1 0 R', '-1.0 0 R', '.5 0 R', '-1 R', '-1 0R'])('%s is no reference', (text) => {
  expect(parserOf(text).parseObject()).not.toBeInstanceOf(PdfRef);
});

test.each(['a1', '1a', '1.a', '.', '1..2', '.5.', '5-', '+-1', 'True', 'xtrue', 'nulls', '<0A', '<0A)', '(\\'])(
  '%j is no object',
  (text) => {
    expect(() => parserOf(text).parseObject()).toThrow(Fault);
  },
);

test.each([
  ['[', ']'],
  ['<</A', '>>'],
])('%s may be in another, two hundred and fifty-six times', (opened, closed) => {
  const nested = (depth: number) => parserOf(`${opened.repeat(depth)} 1 ${closed.repeat(depth)}`).parseObject();
  expect(nested(256)).toBeDefined();
  expect(() => nested(257)).toThrow(Fault);
});

test.each([
  ['7 0 obj 1 endobj x', '7 0 obj 1 endobj'],
  ['7 0 obj 1 %x\n endobj', '7 0 obj 1 %x\n endobj'],
  // where the end is missing, or another word
  ['7 0 obj 1 %x\n 8 0 obj', '7 0 obj 1'],
  ['7 0 obj 1 endobject', '7 0 obj 1'],
  ['7 0 obj << /A 1 >> %x\n 8 0 obj', '7 0 obj << /A 1 >>'],
  ['7 0 obj << /Length 1 >> stream\nxendstream %x\n', '7 0 obj << /Length 1 >> stream\nxendstream'],
])('%j stands from its number to its end', (text, whole) => {
  const { start, end } = parserOf(`  ${text}`).parseIndirectObject();
  expect([start, `  ${text}`.slice(start, end)]).toEqual([2, whole]);
});

test('comments may stand between all words of an object', () => {
  const text = '7%1\n3 %2\n obj%3\n<</Length%4\n1%5\n>>%6\nstream\nx%7\nendstream%8\nendobj';
  const { ref, object, end } = parserOf(text).parseIndirectObject();
  expect([ref, end]).toEqual([objects.ref(7, 3), text.length]);
  expect(toLatin1((object as PdfStream).contents)).toBe('x');
});

test.each([
  ['\n', 3, 'abc'],
  ['\r\n', 3, 'abc'],
  ['\r', 3, 'abc'],
  ['', 3, 'abc'],
  ['\n\n', 4, '\nabc'],
  ['\n\r', 4, '\rabc'],
  ['\n', 0, ''],
])('behind stream and %j come %i bytes', (lineEnd, length, contents) => {
  const text = `7 0 obj << /Length ${length} >> stream${lineEnd}${length ? 'abc' : ''}\nendstream endobj`;
  const { object } = parserOf(text).parseIndirectObject();
  expect(object).toBeInstanceOf(PdfStream);
  expect(toLatin1((object as PdfStream).contents)).toBe(contents);
});

test.each(['', '/Length (3)', '/Length 2', '/Length 9', '/Length 2.5', '/Length -1', '/Length 99', '/Length 99 0 R'])(
  'a stream of three bytes with %j is none',
  (entry) => {
    const text = `7 0 obj << ${entry} >> stream\nabc\nendstream endobj`;
    expect(() => parserOf(text).parseIndirectObject()).toThrow(Fault);
  },
);

test('only a dictionary may have a stream, and what is none keeps what follows', () => {
  const text = '7 0 obj << /A 1 >> %x\nstreet';
  const parser = parserOf(text);
  const { object, end } = parser.parseIndirectObject();
  expect(object).toBeInstanceOf(PdfDict);
  expect(text.slice(end)).toBe(' %x\nstreet');
  const array = parserOf('7 0 obj [ ] stream\nendstream').parseIndirectObject();
  expect(array.object.toString()).toBe('[ ]');
});

test.each(['7 0 obj', '7 0 x 1', '7 obj 1', 'x 0 obj 1', '7 -1 obj 1', '7 0 obj<<', '7 0 ob 1', '7 0 objects 1'])(
  '%j is no indirect object',
  (text) => {
    expect(() => parserOf(text).parseIndirectObject()).toThrow(Fault);
  },
);

test('it may begin anywhere in its bytes', () => {
  expect(parserOf('abc 5 0 obj 7', 3).parseIndirectObject()).toMatchObject({ ref: objects.ref(5), start: 4 });
});
