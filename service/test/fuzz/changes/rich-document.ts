import { deflateSync } from 'node:zlib';
import { streamOf } from './append-update.ts';

/** A document of our own with something of nearly everything that a PDF may have. Much of it is as short as may be. */
const objects: Readonly<Record<number, string>> = {
  1: `<< /Type /Catalog /Version /1.7 /Pages 2 0 R /AcroForm 6 0 R /Outlines 10 0 R /Names 11 0 R /Dests 12 0 R /PageLabels 13 0 R
    /Threads 14 0 R /StructTreeRoot 16 0 R /MarkInfo << /Marked true >> /OutputIntents [20 0 R] /OCProperties 21 0 R /Metadata 24 0 R
    /ViewerPreferences << /DisplayDocTitle true >> /PageMode /UseOutlines /PageLayout /SinglePage /Lang (es-MX) /DSS 25 0 R
    /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 3 >> >> /OpenAction [3 0 R /Fit] /URI << /Base (https://a.example) >>
    /PieceInfo << /App << /LastModified (D:2026) /Private 1 >> >> /Requirements [<< /S /EnableJavaScripts >>] /Collection << /View /D >>
    /Legal << /NonEmbeddedFonts 0 >> /AF [36 0 R] >>`,
  2: '<< /Type /Pages /Kids [3 0 R 29 0 R] /Count 2 >>',
  3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /TrimBox [9 9 600 780] /Contents [4 0 R 5 0 R] /Resources 30 0 R /Annots 7 0 R
    /StructParents 0 /Tabs /S /B [15 0 R] /Group << /S /Transparency /CS /DeviceRGB >> /Thumb 45 0 R /LastModified (D:2026) /Dur 9
    /Trans << /S /Dissolve >> /Metadata 61 0 R >>`,
  4: streamOf('/P << /MCID 0 >> BDC BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET EMC /OC /MC0 BDC /Fm Do EMC'),
  5: streamOf('q /GS gs /Im Do /Sh sh Q BT /F2 12 Tf 72 650 Td <00410042> Tj ET'),
  6: '<< /Fields [8 0 R 9 0 R 40 0 R] /DR << /Font << /F1 38 0 R >> >> /DA (/F1 9 Tf 0 g) /Q 0 /CO [8 0 R] >>',
  7: '[8 0 R 9 0 R 41 0 R 42 0 R 43 0 R 44 0 R]',
  8: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /TU (the sum) /F 4 /Rect [72 600 300 620] /V (old) /DV (old) /MaxLen 20
    /DA (/F1 12 Tf 0 g) /MK << /BG [1 1 1] >> /AP << /N 31 0 R >> >>`,
  9: `<< /Type /Annot /Subtype /Widget /FT /Btn /T (box) /F 4 /Rect [320 600 340 620] /V /Off /AS /Off
    /AP << /N << /Yes 31 0 R /Off 32 0 R >> /D << /Yes 32 0 R >> >> >>`,
  10: '<< /Type /Outlines /First 26 0 R /Last 26 0 R /Count 1 >>',
  11: '<< /Dests 27 0 R /EmbeddedFiles 28 0 R >>',
  12: '<< /b [3 0 R /Fit] >>',
  13: '<< /Nums [0 << /S /D /P (A-) /St 1 >>] >>',
  14: '[33 0 R]',
  15: '<< /Type /Bead /T 33 0 R /N 15 0 R /V 15 0 R /P 3 0 R /R [0 0 9 9] >>',
  16: '<< /Type /StructTreeRoot /K 17 0 R /ParentTree 18 0 R /RoleMap << /Sum /P >> /ParentTreeNextKey 1 >>',
  17: '<< /Type /StructElem /S /Document /P 16 0 R /K [19 0 R] /Lang (es) >>',
  18: '<< /Nums [0 [19 0 R]] >>',
  19: `<< /Type /StructElem /S /Sum /P 17 0 R /Pg 3 0 R /K 0 /ActualText (100 pesos) /Alt (one hundred) /E (Peso) /T (t)
    /A << /O /Layout /BBox [0 0 9 9] >> /ID (i) /AF [36 0 R] >>`,
  20: '<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile 34 0 R >>',
  21: '<< /OCGs [22 0 R] /D 23 0 R >>',
  22: '<< /Type /OCG /Name (layer) /Intent /View /Usage << /Print << /PrintState /ON >> >> >>',
  23: '<< /Name (d) /BaseState /ON /ON [22 0 R] /Order [22 0 R] /AS [<< /Event /View /Category [/View] /OCGs [22 0 R] >>] >>',
  24: streamOf('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', '/Type /Metadata /Subtype /XML'),
  25: '<< /Type /DSS /Certs [35 0 R] /VRI << /0123456789ABCDEF0123456789ABCDEF01234567 << /Cert [35 0 R] >> >> >>',
  26: '<< /Title (Sum) /Parent 10 0 R /Dest [3 0 R /Fit] /C [1 0 0] /F 2 >>',
  27: '<< /Names [(a) [3 0 R /Fit]] >>',
  28: '<< /Names [(f) 36 0 R] >>',
  29: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 30 0 R /Rotate 90 /UserUnit 1 >>',
  30: `<< /Font << /F1 38 0 R /F2 50 0 R /F3 62 0 R >> /XObject << /Fm 39 0 R /Im 46 0 R >> /ExtGState << /GS 47 0 R >>
    /ColorSpace << /CS [/ICCBased 34 0 R] >> /Properties << /MC0 22 0 R >> /Pattern << /Pt 48 0 R >> /Shading << /Sh 49 0 R >> >>`,
  31: streamOf('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
  32: streamOf('0 0 9 9 re S', '/Type /XObject /Subtype /Form /BBox [0 0 20 20]'),
  33: '<< /Type /Thread /F 15 0 R /I << /Title (t) >> >>',
  34: streamOf('profile', '/N 3 /Alternate /DeviceRGB'),
  35: streamOf('certificate'),
  36: '<< /Type /Filespec /F (a.xml) /UF (a.xml) /EF << /F 37 0 R >> /AFRelationship /Data >>',
  37: streamOf('<sum>100</sum>', '/Type /EmbeddedFile /Subtype /text#2Fxml /Params << /Size 14 >>'),
  38: '<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Own /FirstChar 32 /LastChar 33 /Widths 54 0 R /Encoding 51 0 R /ToUnicode 52 0 R /FontDescriptor 53 0 R >>',
  39: streamOf(
    'BT /F1 9 Tf (inside) Tj ET',
    '/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 0 0] /Resources << /Font << /F1 38 0 R >> >> /StructParents 0',
  ),
  40: '<< /FT /Btn /Ff 49152 /T (radio) /V /One /Opt [(one) (two)] /Kids [41 0 R 42 0 R] >>',
  41: '<< /Type /Annot /Subtype /Widget /Parent 40 0 R /F 4 /Rect [350 600 370 620] /AS /One /AP << /N << /One 31 0 R >> >> >>',
  42: '<< /Type /Annot /Subtype /Widget /Parent 40 0 R /F 4 /Rect [380 600 400 620] /AS /Off /AP << /N << /Two 31 0 R >> >> >>',
  43: '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [320 500 400 540] /Contents (seen) /AP << /N 32 0 R >> /OC 22 0 R /NM (n) >>',
  44: '<< /Type /Annot /Subtype /Link /Rect [72 690 200 720] /Border [0 0 1] /A << /S /URI /URI (https://a.example) >> >>',
  45: streamOf('\0\0\0', '/Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8'),
  46: streamOf(
    '\0\0\0',
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask 55 0 R /Decode [0 1 0 1 0 1]',
  ),
  47: '<< /Type /ExtGState /ca 1 /CA 1 /BM /Normal /LW 1 /TR 56 0 R /SMask /None >>',
  48: streamOf(
    '0 0 1 1 re f',
    '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 2 2] /XStep 2 /YStep 2 /Resources << >>',
  ),
  49: '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 56 0 R /Extend [true false] >>',
  50: '<< /Type /Font /Subtype /Type0 /BaseFont /Other /Encoding 58 0 R /DescendantFonts [57 0 R] /ToUnicode 52 0 R >>',
  51: '<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [32 /one /two] >>',
  52: streamOf('1 beginbfchar <0041> <0031> endbfchar'),
  53: '<< /Type /FontDescriptor /FontName /ABCDEF+Own /Flags 32 /FontBBox [0 0 9 9] /ItalicAngle 0 /Ascent 9 /Descent 0 /CapHeight 9 /StemV 9 /FontFile2 60 0 R >>',
  54: '[500 500]',
  55: streamOf('\xff', '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8'),
  56: '<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >>',
  57: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Other /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [65 [500 500]] /CIDToGIDMap 59 0 R /FontDescriptor 53 0 R >>',
  58: streamOf(
    '1 begincidrange <0000> <ffff> 0 endcidrange',
    '/Type /CMap /CMapName /Own /WMode 0 /UseCMap /Identity-H',
  ),
  59: streamOf('\0\0\0\x01'),
  60: streamOf('glyphs', '/Length1 6'),
  61: streamOf('<x/>', '/Type /Metadata /Subtype /XML'),
  62: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 63 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500] /Resources << >> >>',
  63: streamOf('500 0 d0 0 0 9 9 re f'),
  64: '<< /Title (Agreement) /Author (A) /Producer (p) /CreationDate (D:2026) /Trapped /False >>',
};

const size = 68;
/** Of objects in streams, and the cross-reference. */
const [firstStream, secondStream, section] = [65, 66, 67];
const trailer = `/Size ${size} /Root 1 0 R /Info 64 0 R /ID [<00> <00>]`;

interface Writer {
  text: string;
  offsets: Map<number, number>;
}

const write = (writer: Writer, number: number, body: string): void => {
  writer.offsets.set(number, writer.text.length);
  writer.text += `${number} 0 obj\n${body}\nendobj\n`;
};

const begin = (): Writer => ({ text: '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', offsets: new Map() });

const tableOf = ({ text, offsets }: Writer, more = ''): string => {
  const entries = [...offsets].map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
  return `xref\n0 1\n0000000000 65535 f \n${entries.join('')}trailer\n<< ${trailer} ${more} >>\nstartxref\n${text.length}\n%%EOF\n`;
};

const withTable = (): string => {
  const writer = begin();
  for (const [number, body] of Object.entries(objects)) write(writer, Number(number), body);
  return writer.text + tableOf(writer);
};

const packed = (content: string, entries: string): string =>
  streamOf(deflateSync(Buffer.from(content, 'latin1')).toString('latin1'), `/Filter /FlateDecode ${entries}`);

/** All that is no stream, in two streams of objects, of which one extends the other. */
const writePacked = (writer: Writer): [number, number, number][] => {
  const loose = Object.entries(objects).filter(([, body]) => !body.includes('stream\n'));
  const places: [number, number, number][] = [];
  for (const [number, body] of Object.entries(objects))
    if (body.includes('stream\n')) write(writer, Number(number), body);
  for (const [own, part] of [
    [firstStream, loose.slice(0, 20)],
    [secondStream, loose.slice(20)],
  ] as const) {
    let bodies = '';
    const head = part.map(([number, body], at) => {
      const offset = bodies.length;
      bodies += `${body}\n`;
      places.push([Number(number), own, at]);
      return `${number} ${offset}`;
    });
    const first = `${head.join(' ')} `;
    const extended = own === secondStream ? `/Extends ${firstStream} 0 R` : '';
    write(writer, own, packed(first + bodies, `/Type /ObjStm /N ${part.length} /First ${first.length} ${extended}`));
  }
  return places;
};

const rowOf = (type: number, second: number, third: number): string =>
  String.fromCharCode(type, second >> 16, (second >> 8) & 0xff, second & 0xff, third);

const sectionOf = ({ offsets }: Writer, places: readonly [number, number, number][]): string => {
  const rows = new Map<number, string>([[0, rowOf(0, 0, 255)]]);
  for (const [number, at] of offsets) rows.set(number, rowOf(1, at, 0));
  for (const [number, stream, index] of places) rows.set(number, rowOf(2, stream, index));
  const numbers = [...rows.keys()].toSorted((one, other) => one - other);
  const content = numbers.map((number) => rows.get(number)!).join('');
  const index = numbers.map((number) => `${number} 1`).join(' ');
  return packed(content, `/Type /XRef /W [1 3 1] /Index [${index}] ${trailer}`);
};

const withStreams = (): string => {
  const writer = begin();
  const places = writePacked(writer);
  const start = writer.text.length;
  writer.offsets.set(section, start);
  return `${writer.text}${section} 0 obj\n${sectionOf(writer, places)}\nendobj\nstartxref\n${start}\n%%EOF\n`;
};

/** What readers of old find by the table, and others by the stream beside it (ISO 32000-2, 7.5.8.4). */
const asHybrid = (): string => {
  const writer = begin();
  const places = writePacked(writer);
  const start = writer.text.length;
  write(writer, section, sectionOf({ ...writer, offsets: new Map() }, places));
  return writer.text + tableOf(writer, `/XRefStm ${start}`);
};

/** By how it is written. */
export const richDocuments: Readonly<Record<string, () => Buffer>> = Object.fromEntries(
  Object.entries({ 'with a table': withTable, 'with streams': withStreams, 'as a hybrid': asHybrid }).map(
    ([name, writeIt]) => [name, () => Buffer.from(writeIt(), 'latin1')],
  ),
);
