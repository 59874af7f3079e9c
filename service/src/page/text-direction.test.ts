import { expect, test } from 'vitest';
import { identity } from '@tu-esign/verifier/pdf/geometry.ts';
import { IndirectObjects, type LiteralDict } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { Unsure } from '@tu-esign/verifier/page/content-budget.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';

/** Text of codes that a font's map tells: where it runs from left to right it has an extent, and else it may be anywhere. */

const objects = new IndirectObjects(nodePorts);
const everywhere = { left: -1e7, bottom: -1e7, right: 1e7, top: 1e7 };
const map = (content: string, entries: LiteralDict = {}): PdfObject => objects.stream(Buffer.from(content), entries);

/** How far it reaches, in a font of ten points whose codes are an em wide. */
const reach = (encoding: PdfObject | string, content = '<41414141> Tj'): number => {
  const font = { Subtype: 'Type0', Encoding: encoding, DescendantFonts: [{ DW: 1_000 }] };
  const boxes: { right: number }[] = [];
  const scene = {
    resources: objects.dict({ Font: { F: font } }),
    boxes,
    budget: { operations: 0, bytes: 0 },
    depth: 0,
  };
  noteContent(Buffer.from(`BT /F 10 Tf ${content} ET`), scene as never, initialState(identity, everywhere));
  return boxes[0]!.right;
};

test('codes have two bytes, or as many as they may', () => {
  expect(['Identity-H', 'UniJIS-UTF16-H', 'UniGB-UCS2-H', 'UniJIS-UCS2-HW-H'].map((name) => reach(name))).toEqual([
    20, 20, 20, 20,
  ]);
  // Of one byte each at the most.
  expect(['H', '90ms-RKSJ-H', 'UniJIS-UTF8-H'].map((name) => reach(name))).toEqual([40, 40, 40]);
  expect(reach(map('/WMode 0 def'))).toBe(40);
  expect(reach(map('/WMode 10 def /Identity-H usecmap', { UseCMap: 'Identity-H' }))).toBe(40);
});

test('spaces may be of one byte where codes may be', () => {
  expect(reach('H', '5 Tw <20412041> Tj')).toBe(50);
  expect(reach('H', '5 Tw <41414141> Tj')).toBe(40);
  expect(reach('Identity-H', '5 Tw <20412041> Tj')).toBe(20);
});

test.each([
  ['a name', 'Identity-V'],
  ['a name that ends otherwise', 'Identity-HX'],
  ['no name', 'Odd'],
  ['its own key', map('', { WMode: 1 })],
  ['what it says', map('/WMode  1 def')],
  ['a map that it uses', map('', { UseCMap: 'Identity-V' })],
  ['a map that it uses by what it says', map('/Identity-V  usecmap')],
  ['a map within it', map('', { UseCMap: map('') })],
])('text may be anywhere that runs from top to bottom, by %s', (_, encoding) => {
  expect(() => reach(encoding)).toThrow(Unsure);
});
