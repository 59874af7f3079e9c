import { array, assert, constantFrom, integer, oneof, property, record, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { identity } from '@tu-esign/verifier/pdf/geometry.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';

const objects = new IndirectObjects(nodePorts);
const everywhere = { left: -1e7, bottom: -1e7, right: 1e7, top: 1e7 };

/** A font, and how wide its codes are, in thousandths of an em. */
interface Font {
  dictionary: object;
  bytes: 1 | 2;
  widthOf(code: number): number;
}

const width = oneof(integer({ min: 1, max: 3_000 }), integer({ min: -900, max: -1 }));

const simple: Arbitrary<Font> = array(width, { minLength: 4, maxLength: 4 }).map((widths) => ({
  dictionary: { Subtype: 'TrueType', FirstChar: 31, Widths: widths },
  bytes: 1,
  widthOf: (code) => widths[code - 31] ?? 1_400,
}));

/** /W in both of its forms, a later one of which does not name what an earlier one has. */
const composite: Arbitrary<Font> = record({
  usual: width,
  listed: array(width, { maxLength: 4 }),
  ranged: width,
  encoding: constantFrom('Identity-H', 'UniGB-UCS2-H'),
}).map(({ usual, listed, ranged, encoding }) => ({
  dictionary: {
    Subtype: 'Type0',
    Encoding: encoding,
    DescendantFonts: [{ Subtype: 'CIDFontType2', DW: usual, W: [32, listed, 40, 45, ranged] }],
  },
  bytes: 2,
  widthOf: (code) => listed[code - 32] ?? (code >= 40 && code <= 45 ? ranged : usual),
}));

const codes = array(integer({ min: 30, max: 47 }), { maxLength: 6 });
const part = oneof(codes, integer({ min: -2_000, max: 2_000 }));
const line = record({
  size: integer({ min: -20, max: 20 }),
  character: integer({ min: -15, max: 15 }),
  word: integer({ min: -15, max: 15 }),
  scale: integer({ min: -150, max: 150 }),
  shown: array(array(part, { maxLength: 5 }), { maxLength: 3 }),
});

const hex = (list: number[], bytes: number): string =>
  `<${list.map((code) => code.toString(16).padStart(2 * bytes, '0')).join('')}>`;

type Line = typeof line extends Arbitrary<infer T> ? T : never;

const write = (font: Font, { size, character, word, scale, shown }: Line): string => {
  const parts = (own: Line['shown'][number]): string =>
    own.map((one) => (typeof one === 'number' ? String(one) : hex(one, font.bytes))).join(' ');
  const all = shown.map((own) => `[${parts(own)}] TJ`);
  return `BT /F ${size} Tf ${character} Tc ${word} Tw ${scale} Tz ${all.join(' ')} ET`;
};

/** From where to where each code goes, by the standard's formula (ISO 32000-2, 9.4.4). */
const walk = (font: Font, { size, character, word, scale, shown }: Line): [number, number][] => {
  let x = 0;
  const by = (amount: number): number => (x += (amount * scale) / 100);
  const reach = (code: number): [number, number] => {
    const from = x;
    const to = x + ((font.widthOf(code) / 1000) * size * scale) / 100;
    by((font.widthOf(code) / 1000) * size + character + (font.bytes === 1 && code === 32 ? word : 0));
    return [from, to];
  };
  return shown.flat().flatMap((one) => {
    if (typeof one !== 'number') return one.map(reach);
    by((-one / 1000) * size);
    return [];
  });
};

const boxesOf = (font: Font, content: string) => {
  const boxes: (typeof everywhere)[] = [];
  const resources = objects.dict({ Font: { F: font.dictionary as never } });
  const scene = { resources, boxes, budget: { operations: 0, bytes: 0 }, depth: 0 };
  noteContent(Buffer.from(content, 'latin1'), scene, initialState(identity, everywhere));
  return boxes;
};

test('text is never taken for shorter than it is', () => {
  const text = tuple(oneof(simple, composite), line);
  assert(
    property(text, ([font, own]) => {
      const boxes = boxesOf(font, write(font, own));
      const [left, right] = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))];
      for (const [from, to] of walk(font, own).filter(([one, other]) => Math.abs(one - other) > 1e-6)) {
        expect(Math.min(from, to)).toBeGreaterThanOrEqual(left - 1e-6);
        expect(Math.max(from, to)).toBeLessThanOrEqual(right + 1e-6);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('where a font says how wide a code without a width is, that counts', () => {
  const font = { Subtype: 'TrueType', FontDescriptor: { MissingWidth: 4_000 } };
  const [box] = boxesOf({ dictionary: font, bytes: 1, widthOf: () => 4_000 }, 'BT /F 10 Tf (ab) Tj ET');
  expect(box!.right).toBe(80);
});

test('widths at the end of a long array count', () => {
  const long = Array.from({ length: 30_000 }, () => 500);
  for (const W of [[1, [...long, 5_000]], long.flatMap((_, at) => [at, at, 500]).concat(40_000, 40_001, 5_000)]) {
    const font = { Subtype: 'Type0', Encoding: 'Identity-H', DescendantFonts: [{ DW: 500, W }] };
    const [box] = boxesOf({ dictionary: font, bytes: 2, widthOf: () => 5_000 }, 'BT /F 10 Tf (ab) Tj ET');
    expect(box!.right).toBe(50);
  }
});
