import { expect, test } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { EncryptedFault, Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { assertPlaces, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { open } from '../fuzz/changes/append-update.ts';
import { withObjectStream, withTable } from '../hostile-pdfs.ts';

/** Objects are where the file says, by their number, or there are none. */

const lookUp = ({ objects }: PdfFile, number: number, generation = 0): string | undefined =>
  objects.lookup(objects.ref(number, generation))?.toString();

test('an object in a stream is found by its number, and its place in the stream is known', () => {
  const file = open(withObjectStream('/N 2 /First 8', fromLatin1('9 0 3 4 (x) (page)')));
  expect(lookUp(file, 3)).toBe('(page)');
  expect(file.originOf(file.objects.ref(3))).toEqual({ section: 0, stream: 4, start: 12, end: 18 });
  expect(file.originOf(file.objects.ref(9))).toBeUndefined();
});

test.each([
  ['An object is not in its object stream', '/N 1 /First 4', '9 0 (x)'],
  ['An object stream names fewer objects than it says', '/N 2 /First 5', '3 0 (x)'],
  ['An object stream names fewer objects than it says', '/N 1 /First 3', '3 x(x)'],
  ['An object stream names fewer objects than it says', '/N 2 /First 6', '9 4 3 (x)'],
  ['An object stream has an object twice', '/N 2 /First 8', '3 0 3 4 (x) (y)'],
  ['A count is no count', '/First 4', '3 0 (x)'],
  ['A count is larger than its bytes can hold', '/N 1 /First 40', '3 0 (x)'],
])('%s: %s %s', (told, entries, content) => {
  const file = open(withObjectStream(entries, fromLatin1(content)));
  // A fault is kept: the other time it is the same.
  for (let times = 0; times < 2; times += 1) expect(() => lookUp(file, 3)).toThrow(told);
  expect(lookUp(file, 2)).toContain('/Kids');
});

const catalogue = '<< /Type /Catalog /Pages 2 0 R >>';

test('an object stream that is none is told', () => {
  const text = withObjectStream('/N 1 /First 4', fromLatin1('3 0 (x)')).toString('latin1');
  const file = open(
    Buffer.from(
      text.replace(/4 0 obj\n<<[^]*?endobj/, (whole) => `4 0 obj\n[]\nendobj\n${' '.repeat(whole.length - 18)}`),
      'latin1',
    ),
  );
  expect(() => lookUp(file, 3)).toThrow('An object stream is missing');
});

/** A file of one object, 4, whose header is written so. */
const withHeader = (header: string): Buffer =>
  Buffer.from(
    withTable([[4, '(x)']])
      .toString('latin1')
      .replace('4 0 obj', header),
    'latin1',
  );

test('an object has the number that the file says', () => {
  expect(lookUp(open(withHeader('4 0 obj')), 4)).toBe('(x)');
  expect(() => lookUp(open(withHeader('5 0 obj')), 4)).toThrow('An object is not where the cross-reference says');
  expect(() => lookUp(open(withHeader('4 0 abc')), 4)).toThrow(Fault);
  expect(lookUp(open(withHeader('4 0 obj')), 4, 1)).toBeUndefined();
  expect(lookUp(open(withHeader('4 0 obj')), 7)).toBeUndefined();
  const first = withHeader('4 1 obj').toString('latin1');
  const second = open(Buffer.from(first.replace(/(4 1\n\d{10} )00000/, '$100001'), 'latin1'));
  expect([lookUp(second, 4, 1), lookUp(second, 4)]).toEqual(['(x)', undefined]);
});

test('all that the file says can be held to it at once', () => {
  expect(() => assertPlaces(open(withHeader('4 0 obj')))).not.toThrow();
  expect(() => assertPlaces(open(withObjectStream('/N 1 /First 4', fromLatin1('3 0 (x)'))))).not.toThrow();
  for (const header of ['5 0 obj', '4 0 abc', '4 x obj'])
    expect(() => assertPlaces(open(withHeader(header)))).toThrow('Object 4 is not where the cross-reference says');
});

test('new objects get numbers behind all that there are', () => {
  expect(open(withTable([[40, '(x)']])).objects.largestNumber).toBe(40);
  expect(open(withTable([], '/Size 90')).objects.largestNumber).toBe(89);
  expect(
    open(Buffer.from(withTable([]).toString('latin1').replace('/Size 4', ''), 'latin1')).objects.largestNumber,
  ).toBe(3);
  expect(() => open(withTable([], '/Size -1'))).toThrow('A count is no count');
  expect(open(withTable([], '/Size 8388608')).objects.largestNumber).toBe(8_388_607);
  expect(() => open(withTable([], '/Size 8388609'))).toThrow('A count is larger than its bytes can hold');
});

test('a file has a catalogue that is an object of its own, and no password', () => {
  expect(open(withTable([[1, catalogue]])).catalogRef.number).toBe(1);
  for (const root of [catalogue, '9 0 R', '/None'])
    expect(() => open(withTable([], `/Root ${root}`))).toThrow('There is no catalogue');
  expect(() => open(withTable([], '/Encrypt 9 0 R'))).toThrow(EncryptedFault);
});

interface Linearized {
  before?: string;
  first?: string;
  between?: string;
  /** What its end names: the section behind its first object, or the one behind that. */
  from?: 'first' | 'second';
  /** How much longer it is than it says. */
  more?: number;
}

/** A file that begins with an object which says how long it is, and has a table right behind that. */
const linearized = ({ before = '', first, between = '', from = 'first', more = 0 }: Linearized = {}): Buffer => {
  const write = (length: number): string => {
    const header = `${before}%PDF-1.7\n% a comment\n`;
    const object = `7 0 obj\n${first ?? `<< /Linearized 1 /L ${String(length).padStart(6, '0')} >>`}\nendobj\n${between}`;
    const at = header.length + object.length;
    const entry = `${String(at - between.length).padStart(10, '0')} 00000 n \n`;
    const section = (start: number): string => {
      const root = `1 1\n${String(start).padStart(10, '0')} 00000 n \n`;
      return `xref\n${root}7 1\n${entry}trailer\n<< /Root 1 0 R /Size 8 >>\n`;
    };
    const second = at + section(0).length;
    const end = second + section(0).length;
    return `${header}${object}${section(end)}${section(end)}1 0 obj\n${catalogue}\nendobj\nstartxref\n${from === 'first' ? at : second}\n%%EOF\n`;
  };
  return Buffer.from(write(write(0).length - more), 'latin1');
};

test('a file that begins with another cross-reference than it ends with is none, where readers go by its length', () => {
  const other = 'The file begins with another cross-reference than it ends with';
  expect(open(linearized()).catalogRef.number).toBe(1);
  expect(open(linearized({ between: '% more\n' })).catalogRef.number).toBe(1);
  expect(() => open(linearized({ from: 'second' }))).toThrow(other);
  // Before its header there may be something else, of which it has the length all the same.
  expect(() => open(linearized({ from: 'second', before: 'HTTP\n' }))).toThrow(other);
  // Who appends to it makes it a file as any other, as does who says nothing.
  expect(open(linearized({ from: 'second', more: 1 })).catalogRef.number).toBe(1);
  expect(open(linearized({ from: 'second', first: '<< /L 000000 >>' })).catalogRef.number).toBe(1);
  expect(open(linearized({ from: 'second', first: '<< /L 000000 >' })).catalogRef.number).toBe(1);
  expect(open(linearized({ from: 'second', first: '[]' })).catalogRef.number).toBe(1);
  expect(open(linearized({ from: 'second', first: '<< /Linearized 1 /L (x) >>' })).catalogRef.number).toBe(1);
});
