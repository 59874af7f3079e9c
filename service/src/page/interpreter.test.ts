import { expect, test } from 'vitest';
import type { PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { contentOf, decodeWithin, Unsure } from '@tu-esign/verifier/page/content-budget.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import { identity } from '@tu-esign/verifier/pdf/geometry.ts';

const objects = new IndirectObjects(nodePorts);
const page = { left: 0, bottom: 0, right: 600, top: 800 };

const form = objects.stream(Buffer.from('0 0 10 10 re f 0 0 900 900 re f'), {
  Subtype: 'Form',
  BBox: [0, 0, 20, 20],
  Matrix: [2, 0, 0, 2, 100, 100],
});
/** Draws one form within it. */
const formOf = (XObject: Record<string, PdfStream>) =>
  objects.stream(
    Buffer.from(
      Object.keys(XObject)
        .map((name) => `/${name} Do`)
        .join('') || '1 1 8 8 re f',
    ),
    {
      Subtype: 'Form',
      BBox: [0, 0, 99, 99],
      Resources: { XObject },
    },
  );
/** Eight forms within one another. */
const deep = Array.from({ length: 7 }).reduce((inner: PdfStream) => formOf({ Inner: inner }), formOf({}));
const resources = objects.dict({
  Font: { F: { Subtype: 'Type1', FirstChar: 65, Widths: [500, 1000] }, T: { Subtype: 'Type3' } },
  XObject: {
    Image: objects.stream(Buffer.of(), { Subtype: 'Image' }),
    Form: form,
    // Without a matrix, and wider than what it may show.
    Plain: objects.stream(Buffer.from('5 6 40 20 re f'), { Subtype: 'Form', BBox: [0, 0, 15, 99] }),
    Text: objects.stream(Buffer.from('BT /F 10 Tf (A) Tj ET'), { Subtype: 'Form', BBox: [0, 0, 99, 99] }),
    Own: objects.stream(Buffer.from('BT /F 10 Tf (A) Tj ET'), {
      Subtype: 'Form',
      BBox: [0, 0, 99, 99],
      Resources: { Font: { F: { Subtype: 'Type1', FirstChar: 65, Widths: [2000] } } },
    }),
    // What it changes of the state is gone behind it.
    Kept: objects.stream(Buffer.from('1 0 0 1 50 50 cm 0 0 10 10 re f'), { Subtype: 'Form', BBox: [0, 0, 99, 99] }),
    None: objects.dict({ Subtype: 'Image' }),
    Boundless: objects.stream(Buffer.of(), { Subtype: 'Form' }),
    Deep: deep,
    TooDeep: formOf({ Deeper: deep }),
  },
  ExtGState: { Wide: { LW: 19 } },
});

/** Edges of what is drawn, each rounded: left, bottom, right, top. */
const drawn = (content: string): number[][] => {
  const scene = { resources, boxes: [], budget: { operations: 0, bytes: 0 }, depth: 0 };
  noteContent(Buffer.from(content, 'latin1'), scene, initialState(identity, page));
  return (scene.boxes as (typeof page)[]).map((box) =>
    [box.left, box.bottom, box.right, box.top].map((edge) => Math.round(edge)),
  );
};

test.each([
  ['10 20 30 40 re f', [[10, 20, 40, 60]]],
  ['10 20 30 40 re n', []],
  ['1 g 10 20 30 40 re f 0 g 10 20 30 40 re f*', [[10, 20, 40, 60]]],
  ['1 1 1 rg 0 0 0 0 k 10 20 30 40 re f 1 scn 10 20 30 40 re f', [[10, 20, 40, 60]]],
  [
    '9 w 10 20 m 50 20 l 50 60 l S',
    [
      [5, 15, 55, 25],
      [45, 15, 55, 65],
    ],
  ],
  [
    '/Wide gs 50 20 m 50 60 l h s',
    [
      [40, 10, 60, 70],
      [40, 10, 60, 70],
    ],
  ],
  ['10 10 m 20 30 40 50 60 10 c f', [[10, 10, 60, 50]]],
  ['0 0 20 20 re W n 10 10 500 500 re f', [[10, 10, 20, 20]]],
  [
    'q 2 0 0 2 5 5 cm 0 0 10 10 re f Q 0 0 10 10 re f',
    [
      [5, 5, 25, 25],
      [0, 0, 10, 10],
    ],
  ],
  ['100 0 0 50 7 8 cm /Image Do /Nothing Do', [[7, 8, 107, 58]]],
  [
    '/Form Do',
    [
      [100, 100, 120, 120],
      [100, 100, 140, 140],
    ],
  ],
  [
    '0 0 30 30 re W n sh 20 0 0 20 1 1 cm BI /W 1 ID x EI',
    [
      [0, 0, 30, 30],
      [1, 1, 21, 21],
    ],
  ],
  [
    'BT /F 10 Tf 100 200 Td (A) Tj (B) Tj ET',
    [
      [100, 197, 105, 211],
      [100, 197, 115, 211],
    ],
  ],
  ['BT /F 10 Tf 50 Tz 2 Tc 4 Ts [(A) -1000 (A)] TJ ET', [[0, 1, 11, 15]]],
  [
    "BT /F 10 Tf 1 0 0 1 50 50 Tm 12 TL (A) ' 3 Tw T* 0 -20 TD T* (A) Tj ET",
    [
      [50, 35, 55, 49],
      [50, -17, 55, -3],
    ],
  ],
  ['BT /F 10 Tf 5 0 (A A) " ET', [[0, -3, 30, 11]]],
  ['constructor toString __proto__', []],
  [
    '10 20 30 40 re f 50 60 10 10 re f',
    [
      [10, 20, 40, 60],
      [50, 60, 60, 70],
    ],
  ],
  [
    '0 0 20 20 re W n 0 0 5 5 re f 10 10 30 30 re f',
    [
      [0, 0, 5, 5],
      [10, 10, 20, 20],
    ],
  ],
  ['10 20 0 40 re f', [[10, 20, 10, 60]]],
  ['10 20 30 0 re f', [[10, 20, 40, 20]]],
  ['0 0 20 20 re W n 30 10 5 5 re f 10 30 5 5 re f', []],
  ['Q 0 0 10 10 re f', [[0, 0, 10, 10]]],
  ['BT () Tj [7] TJ ET', []],
  ['/Plain Do', [[5, 6, 15, 26]]],
  ['/Text Do', [[0, 0, 5, 11]]],
  ['/Own Do', [[0, 0, 20, 11]]],
  [
    '/Kept Do 0 0 10 10 re f',
    [
      [50, 50, 60, 60],
      [0, 0, 10, 10],
    ],
  ],
  ['/None Do Do (Form) Do 7 Do', []],
  ['BT /F 10 Tf () Tj [] TJ Tj ET', []],
  [
    'BT /F 10 Tf (A) Tj BT (A) Tj ET',
    [
      [0, 0, 5, 11],
      [0, 0, 5, 11],
    ],
  ],
  [
    'BT /F 10 Tf 5 50 Td (A) Tj 7 0 Td (A) Tj ET',
    [
      [5, 47, 10, 61],
      [12, 47, 17, 61],
    ],
  ],
  [
    'BT /F 10 Tf 5 50 Td 20 TL (A) Tj T* (A) Tj ET',
    [
      [5, 47, 10, 61],
      [5, 27, 10, 41],
    ],
  ],
  ['BT /F 10 Tf 100 50 Td [500 (A)] TJ ET', [[95, 47, 100, 61]]],
  ['BT /F 10 Tf 100 50 Td [-500 (A)] TJ ET', [[100, 47, 110, 61]]],
  ['BT /F 10 Tf 100 50 Td [500] TJ ET', [[95, 47, 100, 61]]],
  ['BT /F 10 Tf 100 50 Td [(A) /A null (A)] TJ ET', [[100, 47, 110, 61]]],
  ['BT /F -10 Tf 100 50 Td (A) Tj ET', [[95, 40, 100, 54]]],
  ['BT /F 10 Tf -100 Tz 100 50 Td (A) Tj ET', [[95, 47, 100, 61]]],
  ['BT /F 10 Tf 200 Tz 100 50 Td [(A) -500 (A)] TJ ET', [[100, 47, 130, 61]]],
  [
    'BT /F 10 Tf 100 50 Td 9 Ts (A) Tj Ts (A) Tj ET',
    [
      [100, 56, 105, 70],
      [100, 47, 110, 61],
    ],
  ],
  [
    'BT /F 10 Tf 100 50 Td 3 Tc (AA) Tj Tc (A) Tj ET',
    [
      [100, 47, 113, 61],
      [100, 47, 121, 61],
    ],
  ],
  ['BT /F 10 Tf 100 50 Td 3 Tw ( A) Tj ET', [[100, 47, 123, 61]]],
  [
    'BT /F 10 Tf 100 50 Td 3 4 (AA) " (A) Tj ET',
    [
      [100, 47, 114, 61],
      [100, 47, 123, 61],
    ],
  ],
  [
    'BT /F 10 Tf 100 90 Td 10 -40 TD (A) Tj T* 0 0 TD T* (A) Tj ET',
    [
      [110, 47, 115, 61],
      [110, 7, 115, 21],
    ],
  ],
  ['BT /F 10 Tf 100 90 Td 20 TL TD T* (A) Tj ET', [[100, 87, 105, 101]]],
  [
    'BT /F 10 Tf 1 0 0 1 50 50 Tm (A) Tj 2 0 0 2 100 100 Tm (A) Tj ET',
    [
      [50, 47, 55, 61],
      [100, 93, 110, 121],
    ],
  ],
  ['q BT /F 10 Tf 20 TL ET Q BT /F 10 Tf 5 50 Td T* (A) Tj ET', [[5, 47, 10, 61]]],
])('%s', (content, boxes) => {
  const within = boxes.map(([left, bottom, right, top]) => [left, Math.max(0, bottom!), right, Math.max(0, top!)]);
  expect(drawn(content)).toEqual(within.filter(([, , , top]) => top! > 0));
});

const composite = (encoding: unknown, entries = {}) => ({
  Subtype: 'Type0',
  Encoding: encoding as string,
  DescendantFonts: [{ Subtype: 'CIDFontType2', DW: 500, ...entries }],
});
const widthIn = (font: object, content: string): number => {
  const scene = {
    resources: objects.dict({ Font: { F: font as never } }),
    boxes: [] as (typeof page)[],
    budget: { operations: 0, bytes: 0 },
    depth: 0,
  };
  noteContent(Buffer.from(content, 'latin1'), scene, initialState(identity, page));
  return scene.boxes.at(-1)!.right;
};

test('text in composite fonts is never taken for shorter than it is', () => {
  const text = 'BT /F 10 Tf (abcd) Tj ET';
  expect(widthIn(composite('Identity-H'), text)).toBe(20);
  expect(widthIn(composite('Identity-H', { W: [1, 9, 3000] }), text)).toBe(60);
  expect(widthIn(composite('Identity-H', { W: [1, [500], 5, 9, 4000] }), text)).toBe(80);
  expect(widthIn(composite('90ms-RKSJ-H'), text)).toBe(40);
  expect(widthIn(composite(objects.stream(Buffer.from('1 begincodespacerange <00> <ff>'))), text)).toBe(40);
});

test.each([
  'Identity-V',
  'UniGB-UCS2-V',
  'V',
  'Unheard',
  objects.stream(Buffer.from('/WMode 1 def')),
  objects.stream(Buffer.of(), { UseCMap: 'GBK-EUC-V' }),
])('text that runs down, or by a map that nobody knows, may be anywhere (%#)', (encoding) => {
  expect(() => widthIn(composite(encoding), 'BT /F 10 Tf (abcd) Tj ET')).toThrow(Unsure);
});

test('forms are followed eight times into one another', () => {
  expect(drawn('/Deep Do')).toEqual([[1, 1, 9, 9]]);
  expect(() => drawn('/TooDeep Do')).toThrow(Unsure);
});

test('so much may be drawn, and so much be said of it', () => {
  expect(drawn('n '.repeat(400_000))).toEqual([]);
  const large = objects.dict({
    Contents: objects.array([objects.stream(new Uint8Array(8 << 20)), objects.stream(new Uint8Array(8 << 20))]),
  });
  const budget = { operations: 0, bytes: 0 };
  expect(contentOf(large, budget)).toHaveLength((16 << 20) + 2);
  expect(budget.bytes).toBe(16 << 20);
  expect(() => decodeWithin(budget, objects.stream(Buffer.of(1)))).toThrow(Unsure);
});

test.each([undefined, objects.dict({})])('without resources nothing is found to be drawn (%#)', (none) => {
  const scene = { resources: none, boxes: [], budget: { operations: 0, bytes: 0 }, depth: 0 };
  noteContent(Buffer.from('/Image Do 1 1 8 8 re f'), scene, initialState(identity, page));
  expect([scene.boxes.length, scene.budget.operations]).toEqual([1, 3]);
});

test.each([
  'BT (A) Tj ET',
  'BT /T 9 Tf (A) Tj ET',
  'BT /Nothing 9 Tf (A) Tj ET',
  'BT /F 9 Tf /Nothing 9 Tf (A) Tj ET',
  '/Boundless Do',
  'n '.repeat(400_001),
])('that it cannot be told is told (%#)', (content) => {
  expect(() => drawn(content)).toThrow(Unsure);
});
