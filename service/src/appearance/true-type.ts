import { writeTrueType, type FontTables } from './woff.ts';

/** What is needed of a TrueType font to set a line of text and to embed it. */
export interface TrueType {
  /** Glyph of a code point; 0 where the font has none. */
  glyphOf(codePoint: number): number;
  /** Thousandths of the font size. */
  widthOf(glyph: number): number;
  /** How many glyphs its font files have, drawn or empty. */
  readonly glyphCount: number;
  /** A font file with these glyphs alone, under their own numbers. */
  subset(glyphs: Iterable<number>): Buffer;
}

const tableOf = (tables: FontTables, tag: string): Buffer => {
  const table = tables.get(tag);
  if (!table) throw new Error(`The font has no table ${tag}`);
  return table;
};

/** The Unicode subtable of format 4 (OpenType 1.9, cmap). */
const readCharacterMap = (cmap: Buffer): ((codePoint: number) => number) => {
  const starts = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + 8 * index));
  const start = starts.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (start === undefined) throw new Error('The font maps no characters that we can read');
  const count = cmap.readUInt16BE(start + 6) / 2;
  const at = (block: number, segment: number): number => start + 14 + 2 * (block * count + segment) + (block ? 2 : 0);
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let segment = 0; segment < count; segment += 1) {
      if (cmap.readUInt16BE(at(0, segment)) < codePoint) continue;
      const first = cmap.readUInt16BE(at(1, segment));
      if (first > codePoint) return 0;
      const delta = cmap.readUInt16BE(at(2, segment));
      const range = cmap.readUInt16BE(at(3, segment));
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = cmap.readUInt16BE(at(3, segment) + range + 2 * (codePoint - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
};

const more = 0x20;
const words = 0x01;

/** Bytes that scale a component, by the flags that announce them. */
const scaleBytes = (flags: number): number => {
  if (flags & 0x08) return 2;
  if (flags & 0x40) return 4;
  return flags & 0x80 ? 8 : 0;
};

/** The glyphs a composite glyph is made of (OpenType 1.9, glyf). */
const componentsOf = (glyph: Buffer): number[] => {
  const components: number[] = [];
  if (glyph.length < 10 || glyph.readInt16BE(0) >= 0) return components;
  for (let at = 10, flags = more; flags & more;) {
    flags = glyph.readUInt16BE(at);
    components.push(glyph.readUInt16BE(at + 2));
    at += 4 + (flags & words ? 4 : 2) + scaleBytes(flags);
  }
  return components;
};

const kept = ['cvt ', 'fpgm', 'head', 'hhea', 'hmtx', 'maxp', 'prep'];

/** Reads a font with TrueType outlines. */
export const readTrueType = (tables: FontTables): TrueType => {
  const [cmap, glyf, head, hhea, hmtx, loca, maxp] = ['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'].map(
    (tag) => tableOf(tables, tag),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const unitsPerEm = head.readUInt16BE(18);
  const metrics = hhea.readUInt16BE(34);
  const count = maxp.readUInt16BE(4);
  const long = head.readInt16BE(50) === 1;
  const place = (glyph: number): number => (long ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  const outline = (glyph: number): Buffer => glyf.subarray(place(glyph), place(glyph + 1));

  const withComponents = (glyphs: Iterable<number>): Set<number> => {
    const all = new Set([0, ...glyphs]);
    for (const glyph of all) for (const component of componentsOf(outline(glyph))) all.add(component);
    return all;
  };

  /** Advance and bearing of the others are zeros, which compress to nothing. */
  const keepMetrics = (wanted: Set<number>): Buffer => {
    const own = Buffer.alloc(hmtx.length);
    for (const glyph of wanted) hmtx.copy(own, 4 * glyph, 4 * glyph, 4 * glyph + (glyph < metrics ? 4 : 0));
    hmtx.copy(own, 4 * metrics, 4 * metrics);
    return own;
  };

  const subset = (glyphs: Iterable<number>): Buffer => {
    const wanted = withComponents(glyphs);
    const places = Buffer.alloc(4 * (count + 1));
    const outlines: Buffer[] = [];
    for (let glyph = 0, end = 0; glyph < count; glyph += 1) {
      if (wanted.has(glyph)) end += outlines[outlines.push(outline(glyph)) - 1]!.length;
      places.writeUInt32BE(end, 4 * (glyph + 1));
    }
    const longHead = Buffer.from(head);
    longHead.writeInt16BE(1, 50);
    const own: FontTables = new Map(kept.flatMap((tag) => (tables.has(tag) ? [[tag, tables.get(tag)!]] : [])));
    return writeTrueType(
      own
        .set('hmtx', keepMetrics(wanted))
        .set('head', longHead)
        .set('glyf', Buffer.concat(outlines))
        .set('loca', places),
    );
  };

  return {
    glyphOf: readCharacterMap(cmap),
    widthOf: (glyph) => (hmtx.readUInt16BE(4 * Math.min(glyph, metrics - 1)) * 1000) / unitsPerEm,
    glyphCount: count,
    subset,
  };
};
