import { expect, test } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { open } from '../fuzz/changes/append-update.ts';
import { before, bytesOf, entry, faultsOf, info, signed, streamOf, withStream, withTable } from './plain-update.ts';

/** Each thing that readers may stumble upon is told for what it is, by itself: none leans on another that is looked for as well. */

const crossReference = 'A revision has a cross-reference that readers take for different things';
const objectStream = 'A revision has an object stream that readers take for different things';
const unnamed = 'A revision holds something that its cross-reference does not name';
const noEnd = 'A revision does not end with its cross-reference';
const elsewhere = 'Object 40 is not where the cross-reference says';
const tooSmall = 'A revision names objects beyond its size';

const at = (text: string): string => entry(text).slice(0, 10);
const trailerOf = (entries: string): string => `/Root 1 0 R /Info 40 0 R ${entries}`;
const infoOf = (text: string): string => `40 0 obj\n<< /Producer (${text}) >>\nendobj\n`;
const long = (one: string): string => one.replace(' \n', '\n');

/** With a second object behind the trailer, which the table names. */
const withBehind = (offset: string): string =>
  withTable({
    table: (own) => `40 2\n${own}${offset} 00000 n \n`,
    trailer: trailerOf(`/Size 42 /Prev ${before}`),
    behindTrailer: '41 0 obj\n(x)\nendobj\n',
  });
const behindTrailer = (): string => {
  const text = withBehind('0'.repeat(10));
  return withBehind(at(text.slice(0, text.lastIndexOf('41 0 obj'))));
};

/** What holds object 40, and 43 as well. */
const head = '40 0 43 20 ';
const pair = '<< /Producer (x) >> (y)';
const sizes = (head: string, members: string): number =>
  withStream({ head, members }).lastIndexOf('42 0 obj') - signed.length;
const twoIn = (head: string, members = pair, named: [number, number, number] = [2, 41, 1]): string =>
  withStream({
    head,
    members,
    rows: [[2, 41, 0], [1, signed.length, 0], [1, signed.length + sizes(head, members), 0], named],
    ranges: '[40 4]',
    entries: `/Root 1 0 R /Info 40 0 R /Size 44 /Prev ${before}`,
  });

/** Of two objects in a stream, one is named anew. */
const renamed = (): string => {
  const base = twoIn(head);
  const rows = bytesOf(
    [
      [2, 41, 0],
      [1, base.length, 0],
    ],
    [1, 4, 1],
  );
  const entries = `/Type /XRef /W [1 4 1] /Index [40 1 44 1] /Root 1 0 R /Info 40 0 R /Size 45 /Prev ${base.lastIndexOf('42 0 obj')}`;
  return `${base}44 0 obj\n${streamOf(entries, rows)}\nendobj\nstartxref\n${base.length}\n%%EOF\n`;
};

/** Of two objects in a stream, one is somewhere else. */
const standing = (): string => {
  const base = `${signed}43 0 obj\n(z)\nendobj\n`;
  const rows = [
    [2, 41, 0],
    [1, base.length, 0],
    [1, base.length + sizes(head, pair), 0],
    [1, signed.length, 0],
  ];
  const entries = `/Root 1 0 R /Info 40 0 R /Size 44 /Prev ${before}`;
  return withStream({ base, head, members: pair, rows, ranges: '[40 4]', entries });
};

/** Of two objects in a stream, one is named in another stream, where it stands as well. */
const inAnother = (): string => {
  const base = `${signed}44 0 obj\n${streamOf('/Type /ObjStm /N 1 /First 5', '43 0 (z)')}\nendobj\n`;
  const rows = [
    [2, 41, 0],
    [1, base.length, 0],
    [1, base.length + sizes(head, pair), 0],
    [2, 44, 0],
    [1, signed.length, 0],
  ];
  const entries = `/Root 1 0 R /Info 40 0 R /Size 45 /Prev ${before}`;
  return withStream({ base, head, members: pair, rows, ranges: '[40 5]', entries });
};

/** Object 40 stands by itself, and is named by a stream with these widths. */
const byItself = (widths: string, fields: number[], rows: number[][]): string => {
  const start = signed.length + info.length;
  const section = withStream({ widths, fields, rows: [...rows], ranges: '[40 1 42 1]' });
  const own = section.slice(section.indexOf('42 0 obj', signed.length), section.lastIndexOf('startxref'));
  return `${signed}${info}${own}startxref\n${start}\n%%EOF\n`;
};
const startOfOwn = signed.length + info.length;

/** All that there is is named anew, so that its ranges need not be said. */
const everything = (): string => {
  const { places } = open(fromLatin1(signed)).crossReference;
  const stream = withStream({});
  const own = [
    [2, 41, 0],
    [1, signed.length, 0],
    [1, stream.lastIndexOf('42 0 obj'), 0],
  ];
  const rows = Array.from({ length: 40 }, (_, number) => {
    const place = places.get(number);
    return place && 'offset' in place ? [1, place.offset, place.generation] : [0, 0, 0];
  });
  return withStream({ rows: [...rows, ...own], ranges: '' });
};

const last = withTable({ object: `41 0 obj\n(x)\nendobj\n${info}` }).indexOf('40 0 obj', signed.length);

test.each<[string, string | Uint8Array]>([
  ['a stream of two ranges', withStream({ ranges: '[40 1 41 2]' })],
  ['a stream that says no ranges', everything()],
  ['a stream that is named by the white space before it', withStream({ gap: '\n \n' })],
  [
    'a stream whose entries are all of objects by themselves',
    byItself(
      '[0 2 1]',
      [0, 2, 1],
      [
        [0, signed.length, 0],
        [0, startOfOwn, 0],
      ],
    ),
  ],
  ['two objects in a stream', twoIn(head)],
  [
    'objects in another order than their numbers',
    withTable({
      object: `41 0 obj\n(x)\nendobj\n${info}`,
      table: (own) => `40 2\n${String(last).padStart(10, '0')} 00000 n \n${own}`,
      trailer: trailerOf(`/Size 42 /Prev ${before}`),
    }),
  ],
  ['one of two objects in an earlier stream', renamed()],
])('an update with %s says the same to every reader', async (_, document) => {
  expect(await faultsOf(document)).toEqual([]);
});

/** With the page's content as it was, in a file that does not begin where its memory does. */
const rewritten = (lineEnd: string): Uint8Array => {
  const object = `4 0 obj\n<< /Length 44 >>\nstream${lineEnd}BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET\nendstream\nendobj\n`;
  const trailer = `/Root 1 0 R /Size 41 /Prev ${before}`;
  const text = withTable({ object, table: (own) => `4 1\n${own}`, trailer });
  return fromLatin1(`before${text}`).subarray('before'.length);
};

test('where a file lies in memory is nothing to it', async () => {
  expect(await faultsOf(rewritten('\r\n'))).toEqual([]);
  expect(await faultsOf(rewritten('\r'))).toContain('The stream 4 does not begin on a line of its own');
});

test.each<[string, string, string]>([
  ['an object of another number', withTable({ object: info.replace('40 0', '41 0') }), elsewhere],
  ['no object', withTable({ object: info.replace('40 0 obj', '40 0 abc') }), elsewhere],
  ['something between', withTable({ between: '7\n' }), unnamed],
  ['a cross-reference in a comment', withTable({ between: '% xref\n' }), unnamed],
  ['a trailer in a comment', withTable({ between: '% trailer\n' }), unnamed],
  [
    'an entry within an object',
    withTable({
      table: (own) => `40 2\n${own}${entry(`${signed}40 `)}`,
      trailer: trailerOf(`/Size 42 /Prev ${before}`),
    }),
    'Object 41 is not where the cross-reference says',
  ],
  ['an object behind its trailer', behindTrailer(), noEnd],
  ['a cross-reference in a comment behind its trailer', withTable({ behindTrailer: '% xref\n' }), noEnd],
  [
    'a trailer within a string, close together',
    withTable({ object: infoOf('trailer<< /Root 4 0 R >>') }),
    'A revision has several trailers',
  ],
  ['an object of the number of its size', withTable({ trailer: trailerOf(`/Size 40 /Prev ${before}`) }), tooSmall],
  ['an object beyond its size', withTable({ trailer: trailerOf(`/Size 11 /Prev ${before}`) }), tooSmall],
  [
    'short entries, named by the white space before them',
    withTable({ between: '\n', start: (start) => String(start - 1), table: (own) => `40 1\n${long(own)}` }),
    crossReference,
  ],
  [
    'short entries behind an empty line',
    withTable({ table: (own) => `0 1\n0000000000 65535 f \n\n40 1\n${long(own)}` }),
    crossReference,
  ],
  ['a stream of no type', withStream({}).replace('/Type /XRef ', ''), crossReference],
  [
    'types of two bytes',
    withStream({
      widths: '[2 4 1]',
      fields: [2, 4, 1],
      rows: [
        [2, 41, 0],
        [1, signed.length, 0],
        [1, withStream({}).lastIndexOf('42 0 obj'), 0],
      ],
    }),
    crossReference,
  ],
  ['objects in a stream at one place', twoIn('40 0 43 0 '), objectStream],
  ['objects in a stream in another order', twoIn('40 4 43 0 ', '(y) << /Producer (x) >>'), objectStream],
  ['an object in a stream within another', twoIn('40 0 43 13 '), objectStream],
  ['an object in a stream that goes on behind the next one', twoIn('40 0 43 12 '), objectStream],
  ['an object in a stream that nothing names', withStream({ head, members: pair }), objectStream],
  ['an object in two streams', inAnother(), objectStream],
  ['an object in a stream that stands by itself', standing(), objectStream],
])('an update with %s is told for that', async (_, document, told) => {
  expect(await faultsOf(document)).toContain(told);
});
