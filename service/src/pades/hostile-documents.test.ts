import { constants, deflateRawSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { agreement } from '../../test/running-service.ts';
import {
  stream,
  withManySections,
  withObjectStream,
  withOddOlderStream,
  withOddTable,
  withOlderStream,
  withStream,
  withTable,
} from '../../test/hostile-pdfs.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { acceptDocument } from './accept.ts';

const accept = (pdf: Uint8Array): Promise<string> =>
  acceptDocument({ pdf, policy: {} }, nodePorts).then(
    ({ rewritten }) => (rewritten ? 'rewritten' : 'accepted'),
    ({ type }: { type: string }) => type,
  );

/** Microseconds of this thread alone, whatever else the machine does, and what became of the file. */
const measure = async (pdf: Uint8Array): Promise<{ cost: number; outcome: string }> => {
  const before = process.threadCpuUsage();
  const outcome = await accept(pdf);
  const { user, system } = process.threadCpuUsage(before);
  return { cost: user + system, outcome };
};

let usual: number;
beforeAll(async () => {
  // What the very first file costs is loading and compiling.
  await accept(agreement);
  await accept(withOddTable('nothing'));
  usual = (await measure(agreement)).cost;
});

/** Some decode as much as may be decoded, which takes a second. What was not looked at beforehand took twenty, or all memory. */
const most = 300;
const million = 1_000_000;
const bytes = (length: number, of = 0): Buffer => Buffer.alloc(length, of);
const text = (part: string, times: number): Buffer => Buffer.from(part.repeat(times));
const objects = (count: number, body: (number: number) => string): [number, string][] =>
  Array.from({ length: count }, (_, index) => [index + 20, body(index + 20)]);

const references = (first: number, count: number): string =>
  `[${Array.from({ length: count }, (_, index) => `${first + index} 0 R`).join(' ')}]`;

/** A file without a cross-reference, which begins with this object. */
const recoverable = (first: string): Buffer =>
  Buffer.from(
    `%PDF-1.7\n9 0 obj ${first} endobj\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >> endobj\n`,
  );

const damaged: [string, () => Buffer][] = [
  ['a parenthesis where a key belongs, in a file that is to be recovered', () => recoverable('<< /A 1 ) >>')],
  ['a brace in an array, in a file that is to be recovered', () => recoverable('<< /A [}] >>')],
  ['entries that take no room', () => withStream('/Size 5 /W [0 0 0] /Index [0 100000000]', bytes(10))],
  ['entries with a type and nothing else', () => withStream('/Size 5 /W [1 0 0] /Index [0 100000000]', bytes(10, 1))],
  ['entries without an offset', () => withStream('/Size 5 /W [0 0 2] /Index [0 100000000]', bytes(10))],
  [
    'such entries in an older section',
    () => withOlderStream('Prev', '/Size 5 /W [0 0 0] /Index [0 100000000]', bytes(9)),
  ],
  ['such entries in a hybrid section', () => withOlderStream('XRefStm', '/Size 100000000 /W [0 0 0]', bytes(9))],
  ['entries beyond the bytes that are there', () => withStream('/Size 5 /W [1 2 1] /Index [0 100000000]', bytes(20))],
  ['a size beyond the bytes that are there', () => withStream('/Size 100000000 /W [1 2 1]', bytes(20))],
  [
    'object numbers beyond all that there are',
    () => withStream('/Size 5 /W [1 2 1] /Index [99999999999 5]', bytes(20)),
  ],
  ['a size of a table beyond all numbers', () => withTable([], '/Size 99999999999')],
  [
    'millions of entries in some kilobytes',
    () => withStream('/Size 5 /W [0 1 0] /Index [0 8000000]', bytes(60 * million)),
  ],
  [
    'a table of more entries than it has room for',
    () => withOddTable('xref\n0 99999999999\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\n'),
  ],
  [
    'more objects in a stream than it has room for',
    () => withObjectStream('/N 100000000 /First 5', text('3 0 << /Type /Page >> ', 1)),
  ],
  [
    'objects of a stream that begin behind it',
    () => withObjectStream('/N 1 /First 100000000', text('3 0 << /Type /Page >> ', 1)),
  ],
  [
    'a stream of millions of objects',
    () => withObjectStream(`/N ${10 * million} /First ${60 * million}`, text('1 1 ', 15 * million)),
  ],
  ['thousands of filters', () => withStream(`/Size 5 /W [1 2 1] /Filter [${'/AHx '.repeat(100_000)}]`, bytes(1, 0x3e))],
  [
    'fields that share their kids',
    () =>
      withTable([
        [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 10 0 R >> >>'],
        [10, references(20, 2_000)],
        [11, references(5_000, 2_000)],
        ...objects(2_000, () => '<< /Kids 11 0 R >>'),
      ]),
  ],
];

test.each(damaged)('%s: refused as damaged, and before any work is done', async (_name, write) => {
  const { cost, outcome } = await measure(write());
  expect(outcome).toBe('document-damaged');
  expect(cost / usual).toBeLessThan(most);
});

const read: [string, () => Buffer][] = [
  ['thousands of empty texts, in a file that is to be recovered', () => recoverable(`[${'() '.repeat(50_000)}]`)],
  [
    'rows of a length that is not there',
    () =>
      withManySections({
        count: 100,
        share: false,
        dictionary: '/Size 5 /W [1 2 1] /DecodeParms << /Predictor 12 /Columns 60000000 >>',
        data: bytes(25),
      }),
  ],
  [
    'sections that name one stream of many entries',
    () => withManySections({ count: 3_000, share: true, dictionary: '/Size 200000 /W [1 2 1]', data: bytes(800_000) }),
  ],
  [
    'entries that take no room, in a file that is to be recovered',
    () => withOddOlderStream('/Size 5 /W [0 0 0] /Index [0 100000000]', bytes(9)),
  ],
  ['a table of empty subsections', () => withOddTable(`xref\n${'0 0\n'.repeat(50_000)}trailer\n<< /Root 1 0 R >>\n`)],
  [
    'pages that share a long array for a box',
    () =>
      withTable([
        [2, `<< /Type /Pages /Count 1000 /Kids ${references(20, 1_000)} >>`],
        [10, `[${'0 '.repeat(100_000)}]`],
        ...objects(1_000, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /CropBox 10 0 R >>'),
      ]),
  ],
  [
    'widths in long arrays that are one',
    () =>
      withTable([
        [
          3,
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << /Font << /F 11 0 R >> >> /Contents 13 0 R >>',
        ],
        [10, `[${'500 '.repeat(50_000)}]`],
        [11, '<< /Type /Font /Subtype /Type0 /DescendantFonts [12 0 R] >>'],
        [12, `<< /Type /Font /Subtype /CIDFontType2 /W [${'0 10 0 R '.repeat(20_000)}] >>`],
        [13, stream('', Buffer.from('BT /F 12 Tf (ab) Tj ET'))],
      ]),
  ],
];

test.each(read)('%s: whatever becomes of the file, it costs little', async (_name, write) => {
  const { cost, outcome } = await measure(write());
  expect(['accepted', 'rewritten', 'document-damaged']).toContain(outcome);
  expect(cost / usual).toBeLessThan(most);
});

/** So many mebibytes of zeros, deflated piece by piece: to make them takes no memory. */
const deflateZeros = (mebibytes: number): Buffer => {
  const piece = deflateRawSync(bytes(1 << 20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const pieces = Array.from({ length: mebibytes }, () => piece);
  return Buffer.concat([Buffer.from('789c', 'hex'), ...pieces, Buffer.from('0300', 'hex')]);
};

test('a file that is to be recovered takes no more memory than others do', async () => {
  const bomb = withObjectStream('/N 1 /First 4 /Filter /FlateDecode', deflateZeros(1_000));
  // Where the file is not to the letter, the library that recovers files reads all object streams.
  const odd = Buffer.from(bomb.toString('latin1').replace('startxref', 'startxxxx'), 'latin1');
  expect(odd.length).toBeLessThan(2 * million);
  const before = process.resourceUsage().maxRSS;
  await measure(odd);
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(500);
});
