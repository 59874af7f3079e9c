import { deflateSync } from 'node:zlib';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfLiteralString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { fontOf, type Run } from './typeface.ts';

/** The fonts one drawing uses: collects their glyphs, then embeds them. */
export interface FontCollection {
  /** The name of a run's font in the drawing's resources; its glyphs are kept for embedding. */
  use(run: Run): string;
  /** A /Font resource dictionary of subsets with these glyphs (ISO 32000-2, 9.7). */
  embed(update: IncrementalUpdate, objects: IndirectObjects, options?: EmbedOptions): PdfDict;
}

export interface EmbedOptions {
  /** Whether the fonts say which characters they have: PDF/A-1 wants that of subsets (ISO 19005-1, 6.3.5). */
  cidSet?: boolean;
}

type Glyphs = Map<number, string>;

const hex = (value: number): string => value.toString(16).padStart(4, '0');
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** What makes the text findable (9.10.3). */
const toUnicode = (glyphs: Glyphs): string => {
  const pairs = [...glyphs].map(([glyph, text]) => `<${hex(glyph)}> <${utf16(text)}>`);
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

/** A bit for every glyph that the font file has, from the highest on (ISO 32000-2, 9.8.3.2); empty ones are there as well. */
const cidSetOf = (glyphs: number): Buffer => {
  const bits = Buffer.alloc(Math.ceil(glyphs / 8), 0xff);
  if (glyphs % 8 > 0) bits[bits.length - 1] = (0xff << (8 - (glyphs % 8))) & 0xff;
  return bits;
};

/** What a font is embedded into. */
interface Target extends EmbedOptions {
  update: IncrementalUpdate;
  objects: IndirectObjects;
}

const embedFont = ({ update, objects, cidSet }: Target, [key, glyphs]: [string, Glyphs]): PdfRef => {
  const font = fontOf(key);
  const used = [...glyphs.keys()].sort((a, b) => a - b);
  const file = font.subset(used);
  const flate = (bytes: Uint8Array, dict = {}) =>
    update.add(objects.stream(deflateSync(bytes), { Filter: 'FlateDecode', ...dict }));
  // Six letters and a plus sign mark a subset (9.9.2).
  const BaseFont = `TUESGN+NotoSans-${key.endsWith('600') ? 'SemiBold' : 'Regular'}`;
  const descriptor = update.add(
    objects.dict({
      Type: 'FontDescriptor',
      FontName: BaseFont,
      Flags: 4,
      FontBBox: [-200, -300, 1500, 1100],
      ItalicAngle: 0,
      Ascent: 1069,
      Descent: -293,
      CapHeight: 714,
      StemV: 80,
      FontFile2: flate(file, { Length1: file.length }),
      ...(cidSet && { CIDSet: flate(cidSetOf(font.glyphCount)) }),
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
      W: used.flatMap((glyph) => [glyph, [Math.round(font.widthOf(glyph))]]),
      CIDToGIDMap: 'Identity',
    }),
  );
  return update.add(
    objects.dict({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: flate(Buffer.from(toUnicode(glyphs))),
    }),
  );
};

export const createFontCollection = (): FontCollection => {
  const fonts = new Map<string, Glyphs>();
  return {
    use: ({ font, glyphs }) => {
      const known = fonts.get(font) ?? new Map<number, string>();
      for (const { glyph, text } of glyphs) known.set(glyph, text);
      fonts.set(font, known);
      return `F${[...fonts.keys()].indexOf(font)}`;
    },
    embed: (update, objects, options) => {
      const entries = [...fonts].map(
        (font, index) => [`F${index}`, embedFont({ update, objects, ...options }, font)] as const,
      );
      return objects.dict(Object.fromEntries(entries));
    },
  };
};
