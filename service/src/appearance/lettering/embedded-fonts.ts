import { deflateSync } from 'node:zlib';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfLiteralString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import type { FontSubset } from './lettering.ts';
import type { ShapedGlyph } from './shape.ts';

/** The fonts one drawing uses: collects their glyphs, then embeds them. */
export interface FontCollection {
  /** The name of a font in the drawing's resources. */
  nameOf(subset: FontSubset): string;
  /** The code of a glyph in that font; it is kept for embedding. */
  codeOf(subset: FontSubset, glyph: ShapedGlyph): number;
  /** A /Font resource dictionary (ISO 32000-2, 9.7). */
  embed(update: IncrementalUpdate, objects: IndirectObjects, options?: EmbedOptions): PdfDict;
}

export interface EmbedOptions {
  /** Whether the fonts say which characters they have: PDF/A-1 wants that of subsets (ISO 19005-1, 6.3.5). */
  cidSet?: boolean;
}

/**
 * A character of the embedded font (CID): a glyph and what it stands for. One glyph may stand for several texts, as
 * Arabic letters that differ in their dots alone do, and each is found by its own.
 */
interface Code {
  glyph: number;
  text: string;
}

const hex = (value: number): string => value.toString(16).padStart(4, '0');
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** What makes the text findable (9.10.3). */
const toUnicode = (codes: Code[]): string => {
  const pairs = codes.map(({ text }, index) => `<${hex(index + 1)}> <${utf16(text)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < pairs.length; at += 100) {
    const block = pairs.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${blocks.join('\n')}
endcmap CMapName currentdict /CMap defineresource pop end end`;
};

/** Which glyph each code is (9.7.4.3): two bytes a code, from 0 on. */
const toGlyphs = (codes: Code[]): Buffer => {
  const map = Buffer.alloc(2 * (codes.length + 1));
  codes.forEach(({ glyph }, index) => map.writeUInt16BE(glyph, 2 * (index + 1)));
  return map;
};

/** Corners of what the font's glyphs may fill (OpenType 1.9, head), in thousandths. */
const boundsOf = ({ font }: FontSubset): number[] => {
  const head = Buffer.from(font.face.referenceTable('head')!);
  return [36, 38, 40, 42].map((at) => Math.round((head.readInt16BE(at) * 1000) / font.face.upem));
};

const weightNames = { 400: 'Regular', 600: 'SemiBold' };

/** Keeps a font's codes apart from another's in the prefix that marks a subset: six letters and a plus sign (9.9.2). */
const tagOf = (index: number): string => `TUESG${String.fromCharCode(65 + (index % 26))}+`;

/** A bit for each code from 0 on, from the highest bit of a byte on (ISO 32000-2, 9.8.3.2). */
const cidSetOf = (codes: Code[]): Buffer => {
  const count = codes.length + 1;
  const bits = Buffer.alloc(Math.ceil(count / 8), 0xff);
  if (count % 8 > 0) bits[bits.length - 1] = (0xff << (8 - (count % 8))) & 0xff;
  return bits;
};

/** What a font is embedded into. */
interface Target extends EmbedOptions {
  update: IncrementalUpdate;
  objects: IndirectObjects;
}

const embedFont = (
  { update, objects, cidSet }: Target,
  { subset, codes, index }: { subset: FontSubset; codes: Code[]; index: number },
): PdfRef => {
  const { font, bytes } = subset;
  const flate = (content: Uint8Array, dict = {}) =>
    update.add(objects.stream(deflateSync(content), { Filter: 'FlateDecode', ...dict }));
  const BaseFont = `${tagOf(index)}${subset.name}-${weightNames[subset.weight]}`;
  const { ascender, descender } = font.hExtents();
  const descriptor = update.add(
    objects.dict({
      Type: 'FontDescriptor',
      FontName: BaseFont,
      Flags: 4,
      FontBBox: boundsOf(subset),
      ItalicAngle: 0,
      Ascent: ascender,
      Descent: descender,
      CapHeight: 714,
      StemV: 80,
      FontFile2: flate(bytes, { Length1: bytes.length }),
      ...(cidSet && { CIDSet: flate(cidSetOf(codes)) }),
    }),
  );
  const descendant = update.add(
    objects.dict({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont,
      CIDSystemInfo: {
        Registry: PdfLiteralString.of('Adobe'),
        Ordering: PdfLiteralString.of('Identity'),
        Supplement: 0,
      },
      FontDescriptor: descriptor,
      DW: 1000,
      W: [1, codes.map(({ glyph }) => font.glyphHAdvance(glyph))],
      CIDToGIDMap: flate(toGlyphs(codes)),
    }),
  );
  return update.add(
    objects.dict({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: flate(Buffer.from(toUnicode(codes))),
    }),
  );
};

export const createFontCollection = (): FontCollection => {
  const fonts = new Map<FontSubset, { index: number; codes: Code[] }>();
  const entryOf = (subset: FontSubset) => {
    const known = fonts.get(subset) ?? { index: fonts.size, codes: [] };
    fonts.set(subset, known);
    return known;
  };
  return {
    nameOf: (subset) => `F${entryOf(subset).index}`,
    codeOf: (subset, { glyph, text }) => {
      const { codes } = entryOf(subset);
      const at = codes.findIndex((code) => code.glyph === glyph && code.text === text);
      // 0 is the glyph that stands for what is missing.
      return at < 0 ? codes.push({ glyph, text }) : at + 1;
    },
    embed: (update, objects, options) => {
      const entries = [...fonts].map(
        ([subset, entry]) =>
          [`F${entry.index}`, embedFont({ update, objects, ...options }, { subset, ...entry })] as const,
      );
      return objects.dict(Object.fromEntries(entries));
    },
  };
};
