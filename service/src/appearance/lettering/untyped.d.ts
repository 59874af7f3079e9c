/** Of subset-font, which has no types of its own: what is used here. */
declare module 'subset-font' {
  interface SubsetOptions {
    targetFormat: 'sfnt';
    /** Axes of a variable font and the value each is fixed at. */
    variationAxes?: Record<string, number>;
    noHinting?: boolean;
    /** Tags of tables. */
    dropTables?: string[];
  }
  /** A font (TrueType, WOFF or WOFF2) with the glyphs that a text needs, layout rules among them included. */
  export default function subsetFont(font: Uint8Array, text: string, options: SubsetOptions): Promise<Buffer>;
}

/** Of fontverter, which has none either. */
declare module 'fontverter' {
  const fontverter: {
    /** A font (TrueType, WOFF or WOFF2) in another format. */
    convert(font: Uint8Array, to: 'sfnt'): Promise<Buffer>;
  };
  export default fontverter;
}
