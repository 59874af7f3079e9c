import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { readOperations, readText } from './content-tokens.ts';

const read = (text: string): unknown[][] => {
  const all: unknown[][] = [];
  for (const { operator, operands } of readOperations(fromLatin1(text))) all.push([operator, ...operands]);
  return all;
};

test('white space is what PDF has for it, NUL too, and nothing else', () => {
  expect(read('/F1\u000012\u0000Tf\f(a)\tTj')).toEqual([
    ['Tf', { name: 'F1' }, 12],
    ['Tj', { string: 'a' }],
  ]);
  expect(read('q\u000BQ q\u00A0Q')).toEqual([['q\u000BQ'], ['q\u00A0Q']]);
});

test('operators end where something else begins', () => {
  expect(read('(a)Tj[(b)-20(c)]TJ/X Do')).toEqual([
    ['Tj', { string: 'a' }],
    ['TJ', [{ string: 'b' }, -20, { string: 'c' }]],
    ['Do', { name: 'X' }],
  ]);
});

test('strings are read with what is escaped and nested in them', () => {
  expect(read('(a(b(c))\\)\\101\\n\\\r\nd) Tj')).toEqual([['Tj', { string: 'a(b(c)))A\nd' }]]);
  expect(read('(\\7\\53\\0533\\400) Tj')).toEqual([['Tj', { string: '\u0007++3\0' }]]);
  expect(read('(not ended')).toEqual([]);
});

test('of a string of hexadecimal digits readers pass over what is none, and half a byte is one', () => {
  expect(read('<48 65\0z6C6> Tj')).toEqual([['Tj', { string: 'Hel`' }]]);
  expect(read('<> Tj')).toEqual([['Tj', { string: '' }]]);
  expect(read('<48')).toEqual([]);
});

test('numbers are read as readers do that are lenient', () => {
  expect(read('1 -2 +3 .5 4. --5 6-7 w')).toEqual([['w', 1, -2, 3, 0.5, 4, 0, 6]]);
  expect(read('1.2.3 w')).toEqual([['1.2.3'], ['w']]);
});

test('comments are nothing, and end with their line', () => {
  expect(read('% (a) Tj\n1 w % 2 w\r3 w')).toEqual([
    ['w', 1],
    ['w', 3],
  ]);
});

test('what is true, false or null is an operand, and brackets that nothing opened are none', () => {
  expect(read('true false null ] gs')).toEqual([['gs', null, null, null]]);
});

test('the place behind an operator is told, and reading goes on from any', () => {
  const text = '1 w (a) Tj 2 w';
  expect([...readText(text)].map(({ at }) => at)).toEqual([3, 10, 14]);
  expect([...readText(text, 3)].map(({ operator }) => operator)).toEqual(['Tj', 'w']);
});

const doubts = (text: string): (boolean | undefined)[] =>
  [...readOperations(fromLatin1(text))].flatMap(({ operator, doubtful }) => (operator === 'ID' ? [doubtful] : []));

test('behind the data of an image content goes on', () => {
  expect(read('BI /W 1 ID \u00FF(\nEI\n1 w')).toEqual([['BI'], ['ID', { name: 'W' }, 1], ['w', 1]]);
  expect(doubts('BI ID x\0EI/X Do')).toEqual([undefined]);
});

test('an image is doubtful whose end may be another one, or is missing', () => {
  expect(doubts('BI ID xEI x\nEI\n')).toEqual([true]);
  expect(doubts('BI ID xEIx\nEI\n')).toEqual([undefined]);
  expect(doubts('BI ID x')).toEqual([true]);
});
