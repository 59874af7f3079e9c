import { expect, test } from 'vitest';
import { before, entry, faultsOf, info, signed, withStream, withTable } from './plain-update.ts';

/** The page's content as it was, in another line than its keyword or not. */
const rewritten = (lineEnd: string): string =>
  withTable({
    object: `4 0 obj\n<< /Length 44 >>\nstream${lineEnd}BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET\nendstream\nendobj\n`,
    table: (own) => `4 1\n${own}`,
    trailer: `/Root 1 0 R /Size 41 /Prev ${before}`,
  });

const root = /\n1 1\n(.{19})/.exec(signed)![1]!;

const plain: Record<string, string> = {
  'a table': withTable(),
  'a table that names an old object anew': withTable({ table: (own) => `1 1\n${root}\n40 1\n${own}` }),
  'a free head': withTable({ table: (own) => `0 1\n0000000000 65535 f \n40 1\n${own}` }),
  'comments and white space between': withTable({ between: '\n% a comment\r\n\n', end: '%%EOF\n\n \n' }),
  'white space before an object': withTable({ object: `\n${info}` }),
  'a stream': withStream(),
  'the content as it was': rewritten('\r\n'),
};

test.each(Object.entries(plain))('an update with %s says the same to every reader', async (_, document) => {
  expect(await faultsOf(document)).toEqual([]);
});

const content = '4 0 obj\n<< >>\nendobj\n';
const infoOf = (text: string): string => `40 0 obj\n<< /Producer (${text}) >>\nendobj\n`;
const trailerOf = (entries: string): string => `/Root 1 0 R /Info 40 0 R ${entries}`;

const crooked: Record<string, string> = {
  'an object that nothing names': withTable({ between: content }),
  'an object that is cut off': withTable({ between: '4 0 obj\n' }),
  'another trailer': withTable({ between: 'trailer\n<< /Root 4 0 R >>\n' }),
  'an object in a comment': withTable({ between: '% 4 0 obj\n' }),
  'something behind the trailer': withTable({ behindTrailer: '7\n' }),
  'two ends': withTable({ behindTrailer: 'startxref\n7\n%%EOF\n' }),
  'something behind its end': withTable({ end: '%%EOF\n% more\n' }),
  'much white space behind its end': withTable({ end: `%%EOF\n${' '.repeat(600)}` }),
  'an object within a string': withTable({ object: infoOf('4 0 obj << >> endobj') }),
  'an object within a string, apart': withTable({ object: infoOf('4\t\r\n00 obj') }),
  'a trailer within a string': withTable({ object: infoOf('trailer << /Root 4 0 R >>') }),
  'an object of another generation': withTable({ object: info.replace('40 0', '40 1') }),
  'an object of another number': withTable({ object: info.replace('40 0', '41 0') }),
  'a comment in the header of an object': withTable({ object: info.replace('40 0', '40 % x\n0') }),
  'something behind an object': withTable({ object: info.replace('endobj', '7 endobj') }),
  'an entry beyond the file': withTable({
    table: (own) => `40 2\n${own}0009999999 00000 n \n`,
    trailer: trailerOf(`/Size 42 /Prev ${before}`),
  }),
  'an entry at the beginning of the file': withTable({
    table: (own) => `40 2\n${own}0000000000 00000 n \n`,
    trailer: trailerOf(`/Size 42 /Prev ${before}`),
  }),
  'an entry within an object': withTable({ table: (own) => `4 1\n${entry(signed)}40 1\n${own}` }),
  'a part that is one off': withTable({
    table: (own) => `1 2\n0000000000 65535 f \n${entry(signed)}40 1\n${own}`,
  }),
  'objects beyond its size': withTable({ trailer: trailerOf(`/Size 40 /Prev ${before}`) }),
  'a number far beyond those that there were': withTable({
    table: (own) => `40 1\n${own}8388600 1\n0000000000 00001 f \n`,
    trailer: trailerOf(`/Size 8388601 /Prev ${before}`),
  }),
  'a size far beyond the one that there was': withTable({ trailer: trailerOf(`/Size 4000000 /Prev ${before}`) }),
  'entries of nineteen bytes': withTable({ table: (own) => `40 1\n${own.replace(' \n', '\n')}` }),
  'an object that has no end': withTable({ object: info.replace('endobj\n', '') }),
  'an object within a string, close together': withTable({ object: infoOf('4 0obj') }),
  'a size that is no whole number': withTable({ trailer: trailerOf(`/Size 41.0 /Prev ${before}`) }),
  'a size of its own': withTable({ trailer: trailerOf(`/Size 9 0 R /Prev ${before}`) }),
  'an earlier section that is no whole number': withTable({ trailer: trailerOf(`/Size 41 /Prev ${before}.0`) }),
  'an earlier section with a sign': withTable({ trailer: trailerOf(`/Size 41 /Prev +${before}`) }),
  'a key twice in its trailer': withTable({ trailer: `/Root 4 0 R ${trailerOf(`/Size 41 /Prev ${before}`)}` }),
  'a stream in the line of its keyword': rewritten(''),
  'a stream behind a carriage return': rewritten('\r'),
  'another place in an object stream': withStream({ index: 1 }),
  'an object stream without its type': withStream({ type: '/Other' }),
  'an object in a stream that nothing names': withStream({ head: '40 0 4 19 ', members: '<< /Producer (x) >> << >>' }),
  'an object in a stream beyond the next one': withStream({
    head: '40 0 9 12 ',
    rows: [
      [2, 41, 0],
      [1, signed.length, 0],
      [1, signed.length + 108, 0],
      [2, 41, 1],
    ],
    ranges: '[40 3 9 1]',
  }),
  'an entry of a type that nobody knows': withStream({
    rows: [
      [2, 41, 0],
      [1, signed.length, 0],
      [3, 0, 0],
    ],
  }),
  'widths that are no whole numbers': withStream({ widths: '[1 4.0 1]' }),
  'a trailer, though it has a stream': withStream({
    members: '<< /Producer (x) >>',
    head: '40 0 ',
    entries: trailerOf(`/Size 43 /Prev ${before} /Note (trailer << /Root 4 0 R >>)`),
  }),
  'a cross-reference that has the number of another object': withStream({
    own: 4,
    ranges: '[40 2]',
    rows: [
      [2, 41, 0],
      [1, signed.length, 0],
    ],
  }),
  'a size of a stream far beyond the one that there was': withStream({
    entries: trailerOf(`/Size 4000000 /Prev ${before}`),
  }),
  'half a range': withStream({ ranges: '[40 3 9]' }),
  'a range of more than there is': withStream({ ranges: '[40 4]' }),
  'an earlier section of a stream that is no whole number': withStream({
    entries: trailerOf(`/Size 43 /Prev ${before}.0`),
  }),
};

test.each(Object.entries(crooked))('an update with %s is told', async (_, document) => {
  expect(await faultsOf(document)).not.toEqual([]);
});
