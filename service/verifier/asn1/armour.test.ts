import { expect, test } from 'vitest';
import { fromLatin1, toLatin1 } from '#bytes.ts';
import { isPdf, unwrapBase64 } from './armour.ts';

const content = 'no certificate at all, but long enough to be taken for one by whoever counts';
const wrap = (text: string, times: number): string => (times ? wrap(btoa(text), times - 1) : text);
const unwrap = (text: string): [string, number] => {
  const { content: inside, base64 } = unwrapBase64(fromLatin1(text));
  return [toLatin1(inside), base64];
};

test('base64 is taken off, three layers at most', () => {
  expect(unwrap(content)).toEqual([content, 0]);
  expect(unwrap(wrap(content, 1))).toEqual([content, 1]);
  expect(unwrap(wrap(content, 3))).toEqual([content, 3]);
  expect(unwrap(wrap(content, 4))).toEqual([wrap(content, 1), 3]);
});

const once = wrap(content, 1);
test.each([
  ['a mark of UTF-8 before it', `\u00ef\u00bb\u00bf${once}`],
  ['a data URL', `data:application/pkix-cert;base64,${once}`],
  ['lines', once.replaceAll(/.{20}/g, '$&\r\n\t')],
  ['white space around it', ` ${once} \n`],
])('%s is let pass', (_, text) => {
  expect(unwrap(text)).toEqual([content, 1]);
});

test.each([
  ['a mark that is not the first', `${once}\u00ef\u00bb\u00bf`],
  ['a data URL that is not the first', `${once}data:a/b;base64,`],
  ['a long data URL', `data:${'a'.repeat(101)};base64,${once}`],
  ['three equal signs', `${once.replaceAll('=', '')}===`],
  ['an equal sign within', `${once.slice(0, 30)}=${once.slice(30)}`],
  ['another letter', `${once.slice(0, 80)}!`],
  ['an octet of binary at its beginning', `\u0000${once}`],
  ['63 letters', 'QUJD'.repeat(16).slice(1)],
])('%s is no base64', (_, text) => {
  expect(unwrap(text)).toEqual([text, 0]);
});

test('64 letters are enough', () => {
  expect(unwrap('QUJD'.repeat(16))).toEqual(['ABC'.repeat(16), 1]);
});

const pdfBehind = (size: number) => isPdf(fromLatin1(`${' '.repeat(size)}%PDF-1.7`));

test('a PDF’s header lies in its first kilobyte', () => {
  expect([0, 1019, 1020].map(pdfBehind)).toEqual([true, true, false]);
  expect(isPdf(fromLatin1('%PDF'))).toBe(false);
});
