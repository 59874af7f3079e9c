import { expect, test } from 'vitest';
import { coveredBy, glyphsOn, layersOver, isUnder, lettersOn } from '@tu-esign/verifier/page/letters.ts';
import type { Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { open, streamOf } from '../fuzz/changes/append-update.ts';
import { stream, withTable } from '../hostile-pdfs.ts';

/** Where letters stand on a page, of what font, and what hides them: as near as the file says. */

const objects = {
  10: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  11: '<< /Type /Font /Subtype /TrueType /BaseFont /Mine /FirstChar 65 /Widths [500 1000 0] >>',
  12: '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [13 0 R] >>',
  13: '<< /W [1 [300 400] 5 7 600 9 8 100] /DW 900 >>',
  14: '<< /Type /Font /Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 65 /Widths [50] >>',
  15: '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [16 0 R] >>',
  16: '<< /W [1 [300]] >>',
};
const fonts =
  '/Font << /M << /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 65 /Widths [500] >> /H 10 0 R /W 11 0 R /C 12 0 R /T 14 0 R /D 15 0 R /N << /Subtype /Type0 >> /S << /BaseFont /ZapfDingbats >> /B << /Encoding << /Differences [65 /A /block] >> >> /F << /FontDescriptor << /FontFile2 10 0 R >> >> /F1 << /FontDescriptor << /FontFile 10 0 R >> >> /F3 << /FontDescriptor << /FontFile3 10 0 R >> >> /O << /FontDescriptor << >> /Encoding << /Differences [65 /A (box)] >> >> >>';

const write = (content: string, resources = fonts, others: Record<number, string> = {}) =>
  open(
    withTable([
      [3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << ${resources} >> >>`],
      [4, streamOf(content)],
      ...Object.entries({ ...objects, ...others }).map(([number, body]): [number, string] => [Number(number), body]),
    ]),
  );
const pageOf = (...written: Parameters<typeof write>): Page => readPages(write(...written))[0]!;

const edges = ({ left, bottom, right, top }: Box): number[] =>
  [left, bottom, right, top].map((edge) => Math.round(edge * 100) / 100);

const lettersOf = (...written: Parameters<typeof write>): number[][] | undefined =>
  lettersOn(pageOf(...written))?.map(edges);

test.each<[string, string, number[][]]>([
  ['a letter', 'BT /W 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  [
    'letters one behind the other',
    'BT /W 10 Tf 50 60 Td (AB) Tj ET',
    [
      [50, 60, 55, 65],
      [55, 60, 65, 65],
    ],
  ],
  [
    'a letter without width, by a fifth',
    'BT /W 10 Tf 50 60 Td (CA) Tj ET',
    [
      [50, 60, 52, 65],
      [50, 60, 55, 65],
    ],
  ],
  [
    'space between letters',
    'BT /W 10 Tf 2 Tc 50 60 Td (AA) Tj ET',
    [
      [50, 60, 55, 65],
      [57, 60, 62, 65],
    ],
  ],
  [
    'space behind spaces',
    'BT /H 10 Tf 4 Tw 50 60 Td (i i) Tj ET',
    [
      [50, 60, 53, 65],
      [60, 60, 63, 65],
    ],
  ],
  [
    'broad letters',
    'BT /W 10 Tf 200 Tz 1 Tc 50 60 Td (AA) Tj ET',
    [
      [50, 60, 60, 65],
      [62, 60, 72, 65],
    ],
  ],
  [
    'letters that are put back',
    'BT /W 10 Tf 50 60 Td [(A) 500 (A) -200 (A)] TJ ET',
    [
      [50, 60, 55, 65],
      [50, 60, 55, 65],
      [57, 60, 62, 65],
    ],
  ],
  [
    'letters that are put back, broad',
    'BT /W 10 Tf 200 Tz 50 60 Td [(A) 500 (A)] TJ ET',
    [
      [50, 60, 60, 65],
      [50, 60, 60, 65],
    ],
  ],
  ['letters that are raised', 'BT /W 10 Tf 3 Ts 50 60 Td (A) Tj ET', [[50, 63, 55, 68]]],
  ['letters upside down', 'BT /W -10 Tf 50 60 Td (A) Tj ET', [[45, 55, 50, 60]]],
  [
    'letters on the next line',
    'BT /W 10 Tf 12 TL 50 60 Td (A) Tj (A) \' 1 2 (AA) " ET',
    [
      [50, 60, 55, 65],
      [50, 48, 55, 53],
      [50, 36, 55, 41],
      [57, 36, 62, 41],
    ],
  ],
  [
    'letters of several widths',
    'BT /H 10 Tf 50 60 Td (iWAn) Tj ET',
    [
      [50, 60, 53, 65],
      [53, 60, 61.5, 65],
      [61.5, 60, 68.3, 65],
      [68.3, 60, 73.8, 65],
    ],
  ],
  [
    'codes of two bytes',
    'BT /C 10 Tf 50 60 Td <000100020005000700080009> Tj ET',
    [
      [50, 60, 53, 65],
      [53, 60, 57, 65],
      [57, 60, 63, 65],
      [63, 60, 69, 65],
      [69, 60, 78, 65],
      [78, 60, 87, 65],
    ],
  ],
  [
    'codes that are not said',
    'BT /D 10 Tf 50 60 Td <00010041> Tj ET',
    [
      [50, 60, 53, 65],
      [53, 60, 63, 65],
    ],
  ],
  [
    'codes of two bytes that look like spaces',
    'BT /D 10 Tf 9 Tw 50 60 Td <00200020> Tj ET',
    [
      [50, 60, 60, 65],
      [60, 60, 70, 65],
    ],
  ],
  [
    'a code beyond those of one byte',
    'BT /C 10 Tf 50 60 Td <01010001> Tj ET',
    [
      [50, 60, 59, 65],
      [59, 60, 62, 65],
    ],
  ],
  ['a font that draws by itself', 'BT /T 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['a font with a matrix that is not its own to have', 'BT /M 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['a code behind those of a list', 'BT /C 10 Tf 50 60 Td <0003> Tj ET', [[50, 60, 59, 65]]],
  ['a font that is none', 'BT /None 10 Tf 50 60 Td (i) Tj ET', [[50, 60, 53, 65]]],
  ['a font that lacks its own', 'BT /N 10 Tf 50 60 Td (i) Tj ET', [[50, 60, 53, 65]]],
  ['a font of a graphics state', '/G gs BT 50 60 Td (A) Tj ET', [[50, 60, 60, 70]]],
  [
    'letters on what is clipped',
    '52 0 100 100 re W n BT /W 10 Tf 50 60 Td (AB) Tj ET',
    [
      [52, 60, 55, 65],
      [55, 60, 65, 65],
    ],
  ],
  ['letters outside of the page', 'BT /W 10 Tf 590 60 Td (BB) Tj ET', [[590, 60, 600, 65]]],
  ['spaces', 'BT /H 10 Tf 50 60 Td (\\t \\n) Tj ET', []],
  ['a line to write on', 'BT /H 10 Tf 50 60 Td (____) Tj ET', []],
  [
    'a short line',
    'BT /H 10 Tf 50 60 Td (_ _) Tj ET',
    [
      [50, 60, 55.5, 65],
      [58.5, 60, 64, 65],
    ],
  ],
  [
    'letters beside a line to write on',
    'BT /H 10 Tf 50 60 Td (x____n) Tj ET',
    [
      [50, 60, 55.5, 65],
      [77.5, 60, 83, 65],
    ],
  ],
  [
    'a number of many like digits',
    'BT /W 10 Tf 50 60 Td (AAAA) Tj ET',
    [50, 55, 60, 65].map((left) => [left, 60, left + 5, 65]),
  ],
  ['text that is not shown', 'BT /W 10 Tf 3 Tr 50 60 Td (A) Tj 7 Tr (A) Tj ET', []],
  [
    'text that is drawn in other ways',
    'BT /W 10 Tf 50 60 Td 1 Tr (A) Tj 4 Tr (A) Tj 5 Tr (A) Tj ET',
    [50, 55, 60].map((left) => [left, 60, left + 5, 65]),
  ],
  ['white text', '1 g BT /W 10 Tf 50 60 Td (A) Tj 4 Tr (A) Tj ET', []],
  ['white text with lines around it', '1 g BT /W 10 Tf 50 60 Td 2 Tr (A) Tj ET', [[50, 60, 55, 65]]],
  ['white text over what is drawn', '0 g 40 50 20 30 re f 1 g BT /W 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['white text beside what is drawn', '0 g 70 50 20 30 re f 1 g BT /W 10 Tf 50 60 Td (A) Tj ET', []],
  ['text that is nearly white', '1 1 0.9 rg BT /W 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['text without ink', '0 0 0 0 k BT /W 10 Tf 50 60 Td (A) Tj ET', []],
  ['text with some ink', '0 0 1 0 k BT /W 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['text of a colour of no numbers', 'g BT /W 10 Tf 50 60 Td (A) Tj ET', [[50, 60, 55, 65]]],
  ['letters in a font without a name', 'BT 7 10 Tf 50 60 Td (i) Tj ET', [[50, 60, 53, 65]]],
  ['no strings', 'BT /W 10 Tf 50 60 Td /A Tj 7 Tj null Tj [/A null] TJ ET', []],
  ['places that are no numbers', 'BT /W 10 Tf /x (y) Td (A) Tj ET', [[0, 0, 5, 5]]],
  ['a short line of codes of two bytes', 'BT /D 10 Tf 50 60 Td <00410041004100410041> Tj ET', []],
  ['long lines to write on', `BT /H 10 Tf 0 60 Td (${'_'.repeat(50)}) Tj ET`, []],
  [
    'letters of a font that is kept',
    'BT /W 10 Tf 50 60 Td (A) Tj /H 10 Tf (i) Tj /W 10 Tf (A) Tj ET',
    [
      [50, 60, 55, 65],
      [55, 60, 58, 65],
      [58, 60, 63, 65],
    ],
  ],
  ['text in a form', 'q 1 0 0 1 5 5 cm /X Do Q', [[57, 67, 62, 72]]],
])('%s: where it stands', (_, content, boxes) => {
  const form = streamOf('BT /W 10 Tf 50 60 Td (A) Tj ET', '/Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 2 2]');
  expect(
    lettersOf(content, `${fonts} /XObject << /X 20 0 R >> /ExtGState << /G << /Font [11 0 R 20] >> >>`, { 20: form }),
  ).toEqual(boxes);
});

/** What a form shows that has these entries. */
const ofForm = (entries: string): number[][] | undefined =>
  lettersOf('/X Do', `${fonts} /XObject << /X 20 0 R >>`, {
    20: streamOf('BT /W 10 Tf (A) Tj ET', `/Subtype /Form /BBox [0 0 99 99] ${entries}`),
  });

test('a form has resources of its own, or those of who draws it', () => {
  expect(ofForm('')).toEqual([[0, 0, 5, 5]]);
  expect(ofForm('/Resources << /Font << /W << /FirstChar 65 /Widths [300] >> >> >>')).toEqual([[0, 0, 3, 5]]);
});

/** Forms within forms, so many. */
const nested = (depth: number): number | undefined => {
  const forms = Array.from({ length: depth }, (_, at) => {
    const content = at ? `/X${at} Do` : 'BT /W 10 Tf (A) Tj ET';
    return [20 + at, streamOf(content, '/Subtype /Form /BBox [0 0 99 99]')] as const;
  });
  const names = forms.map(([number], at) => `/X${at + 1} ${number} 0 R`).join(' ');
  return lettersOf(`/X${depth} Do`, `${fonts} /XObject << ${names} >>`, Object.fromEntries(forms))?.length;
};

test('what cannot be told is not told', () => {
  expect([nested(8), nested(9)]).toEqual([1, undefined]);
  const odd = streamOf('', '/Subtype /Form');
  expect(lettersOf('/X Do', '/XObject << /X 20 0 R >>', { 20: odd })).toBeUndefined();
  const broken = streamOf('x', '/Subtype /Form /BBox [0 0 9 9] /Filter /Nobody');
  expect(lettersOf('/X Do', '/XObject << /X 20 0 R >>', { 20: broken })).toBeUndefined();
  expect(lettersOf('(')).toEqual([]);
  expect(lettersOf('BI ID xEI x\nEI\n')).toBeUndefined();
  expect(lettersOf('BI ID xEIx\nEI\n')).toEqual([]);
});

/** A page whose content is in these objects. */
const lettersIn = (contents: string, streams: Record<number, Buffer | string>): number[][] | undefined => {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${contents} /Resources << ${fonts} >> >>`;
  const all = Object.entries({ ...objects, 3: page, ...streams });
  const file = open(withTable(all.map(([number, body]): [number, Buffer | string] => [Number(number), body])));
  return lettersOn(readPages(file)[0]!)?.map(edges);
};

test('content is read in all its streams, within bounds', () => {
  const [begun, ended] = [streamOf('BT /W 10 Tf 5 5 Td (A) Tj'), streamOf('(A) Tj ET')];
  expect(lettersIn('[20 0 R 21 0 R]', { 20: begun, 21: ended })).toHaveLength(2);
  expect(lettersIn('[20 0 R << >> 99 0 R 21 0 R]', { 20: begun, 21: ended })).toHaveLength(2);
  // A token ends with its stream.
  expect(lettersIn('[20 0 R 21 0 R]', { 20: begun, 21: streamOf('T* (A) Tj') })).toHaveLength(2);
  const large = stream('', Buffer.alloc(9 << 20, ' '));
  expect(lettersIn('[20 0 R 21 0 R]', { 20: begun, 21: large })).toHaveLength(1);
  expect(lettersIn('[20 0 R 21 0 R 21 0 R]', { 20: begun, 21: large })).toBeUndefined();
});

test('each glyph is told as it was shown, be it seen or not', () => {
  const glyphs = glyphsOn(pageOf('3 Tr BT /C 10 Tf 200 Tz 3 Ts 50 60 Td <00010002> Tj /W 10 Tf 100 Tz (A ) Tj ET'))!;
  expect(glyphs.map(({ code, from, to, above }) => [code, from, to, above])).toEqual([
    ['\0\u0001', [50, 63], [56, 63], [50, 73]],
    ['\0\u0002', [56, 63], [64, 63], [56, 73]],
    ['A', [64, 63], [69, 63], [64, 73]],
    [' ', [69, 63], [expect.closeTo(72), 63], [69, 73]],
  ]);
  expect(glyphs[2]!.font?.get('FirstChar')).toMatchObject({ value: 65 });
  expect(glyphsOn(pageOf('BT (A) Tj /None 10 Tf (A) Tj ET'))?.map(({ font }) => font)).toEqual([undefined]);
});

/** What a form draws that is laid into a place. */
const cover = (
  content: string,
  frame = '/BBox [0 0 200 40]',
  place = { left: 100, bottom: 300, right: 300, top: 340 },
) => {
  const resources = `/Resources << ${fonts} /ExtGState << /G << /LW 9 >> >> >>`;
  const file = write('', '', { 20: streamOf(content, `${frame} ${resources}`) });
  const found = coveredBy(file.objects.lookup(file.objects.ref(20)) as PdfStream, place);
  return (
    found && { boxes: found.boxes.map(edges), letters: found.letters.boxes.map(edges), own: found.letters.ownShapes }
  );
};

test('a form is laid into its place', () => {
  const half = { left: 100, bottom: 300, right: 200, top: 320 };
  expect(cover('10 10 20 20 re f')).toMatchObject({ boxes: [[110, 310, 130, 330]] });
  expect(cover('10 10 20 20 re f', undefined, half)).toMatchObject({ boxes: [[105, 305, 115, 315]] });
  expect(cover('60 50 20 20 re f', '/BBox [50 40 250 80]')).toMatchObject({ boxes: [[110, 310, 130, 330]] });
  expect(cover('60 50 20 20 re f', '/BBox [50 40 250 80]', half)).toMatchObject({ boxes: [[105, 305, 115, 315]] });
  expect(cover('10 10 20 20 re f', '/BBox [0 0 40 200] /Matrix [0 1 -1 0 0 0]')).toMatchObject({
    boxes: [[270, 310, 290, 330]],
  });
  expect(cover('-50 -50 900 900 re f')).toMatchObject({ boxes: [[100, 300, 300, 340]] });
  for (const frame of ['', '/BBox [0 0 0 40]', '/BBox [0 0 200 0]', '/BBox [0 0 9 9] /Filter /Odd'])
    expect(cover('', frame)).toBeUndefined();
});

test('lines hide what they lie upon, and thin ones nothing that they lie across', () => {
  expect(cover('0 0 m 200 40 l S')?.boxes).toEqual([]);
  expect(cover('9 w 0 0 m 200 40 l S')?.boxes).toEqual([[100, 300, 300, 340]]);
  expect(cover('2.5 w 0 0 m 200 40 l S')?.boxes).toEqual([[100, 300, 300, 340]]);
  expect(cover('0 20 m 200 20 l S')?.boxes).toEqual([[100, 319, 300, 321]]);
  expect(cover('20 0 m 20 40 l S')?.boxes).toEqual([[119, 300, 121, 340]]);
  expect(cover('2 w 0 10 m 200 12.5 l S')?.boxes).toEqual([[100, 308.5, 300, 314]]);
  expect(cover('10 20 l 90 20 l S')?.boxes).toEqual([[109, 319, 191, 321]]);
});

test('white is drawn over what is below it, letters too', () => {
  expect(cover('1 g 0 0 200 40 re f BT /W 10 Tf (A) Tj ET')).toEqual({
    boxes: [[100, 300, 300, 340]],
    letters: [[100, 300, 105, 305]],
    own: false,
  });
});

test.each<[string, boolean]>([
  ['/H 10 Tf (x) Tj', false],
  ['/W 10 Tf (A) Tj', false],
  ['/C 10 Tf (AA) Tj', true],
  ['/T 10 Tf (A) Tj', true],
  ['/S 10 Tf (A) Tj', true],
  ['/B 10 Tf (A) Tj', true],
  ['/F 10 Tf (A) Tj', true],
  ['/F1 10 Tf (A) Tj', true],
  ['/F3 10 Tf (A) Tj', true],
  ['/O 10 Tf (A) Tj', false],
  ['/N 10 Tf (A) Tj', true],
  ['/None 10 Tf (A) Tj', true],
  ['/None 10 Tf () Tj', false],
  ['(A) Tj', false],
  ['1.5 0 0 1 0 0 cm /H 10 Tf 1 Tr (x) Tj', false],
  ['3 0 0 1 0 0 cm /H 10 Tf 1 Tr (x) Tj', true],
  ['1 0 0 3 0 0 cm /H 10 Tf 1 Tr (x) Tj', true],
  ['/H 10 Tf 300 Tz (x) Tj', false],
  ['/H 10 Tf 200 Tz 2 0 0 2 0 0 Tm (x) Tj', false],
  ['/H 10 Tf 301 Tz (x) Tj', true],
  ['/H 10 Tf 1 0 0 4 0 0 Tm (x) Tj', true],
  ['/H 10 Tf 1 0 0 4 0 0 Tm () Tj', false],
  ['2 w /H 10 Tf 1 Tr (x) Tj', true],
  ['2 w /H 10 Tf 2 Tr (x) Tj', true],
  ['2 w /H 10 Tf 5 Tr (x) Tj', true],
  ['2 w /H 10 Tf 6 Tr (x) Tj', true],
  ['2 w /H 10 Tf 0 Tr (x) Tj', false],
  ['2 w /H 10 Tf 4 Tr (x) Tj', false],
  ['1.5 w /H 10 Tf 1 Tr (x) Tj', false],
  ['/G gs /H 10 Tf 1 Tr (x) Tj', true],
  ['/H 10 Tf 1 Tr (x) Tj', false],
])('%s: whether letters may be of any shape is %s', (content, own) => {
  expect(cover(`BT ${content} ET`)?.own).toBe(own);
});

test('a letter is hidden by what lies over more than half of it, by several together too', () => {
  const letter = { left: 10, bottom: 20, right: 14, top: 30 };
  const part = (left: number, right: number): Box => ({ ...letter, left, right });
  expect(isUnder(letter, [part(0, 12)])).toBe(false);
  expect(isUnder(letter, [part(0, 12.1)])).toBe(true);
  expect(isUnder(letter, [part(10, 11.5), part(13, 14)])).toBe(true);
  expect(isUnder(letter, [part(14, 20), part(0, 10), { ...letter, bottom: 31, top: 90 }])).toBe(false);
  expect(layersOver(letter, [part(0, 100), part(0, 12)])).toBe(1.5);
});
