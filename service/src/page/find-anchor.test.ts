import { expect, test } from 'vitest';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { stream, withTable } from '../../test/hostile-pdfs.ts';
import { createAnchors, type Anchor } from './find-anchor.ts';

const ligatures = `/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar <01> <00660069> <02> <FB01> endbfchar endcmap`;

const helvetica = '/Type /Font /Subtype /Type1 /BaseFont /Helvetica';
const widths = `/FirstChar 0 /Widths [${'500 '.repeat(256)}]`;
const fonts =
  '/Font << /F << ' +
  `${helvetica} ${widths} /Encoding /WinAnsiEncoding >> /M << ${helvetica} ${widths} /Encoding /MacRomanEncoding >> ` +
  `/L << ${helvetica} ${widths} /ToUnicode 6 0 R >> /D << ${helvetica} ${widths} ` +
  '/Encoding << /Differences [65 /fi /f_i /uni0041 /ntilde] >> >> >>';

/** A page of letters half as wide as they are large, with this content. */
const find = (content: string, anchor: Anchor | string, page = '') => {
  const pdf = withTable([
    [3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << ${fonts} >> ${page} >>`],
    [5, stream('', Buffer.from(content, 'latin1'))],
    [6, stream('', Buffer.from(ligatures))],
  ]);
  const found = createAnchors(readPages(openPdf(pdf, nodePorts)))(
    typeof anchor === 'string' ? { text: anchor } : anchor,
  );
  return found && [found.box.left, found.box.bottom].map((edge) => Math.round(edge));
};

test.each([
  ['in one string', 'BT /F 10 Tf 72 200 Td (El Cliente) Tj ET', [72, 200]],
  ['within a line', 'BT /F 10 Tf 72 200 Td (Firma: El Cliente) Tj ET', [107, 200]],
  ['split within an array', 'BT /F 10 Tf 72 200 Td [(El) -300 (Cl) 20 (ien) -5 (te)] TJ ET', [72, 200]],
  ['split over operators', 'BT /F 10 Tf 72 200 Td (El Cl) Tj 25 0 Td (iente) Tj ET', [72, 200]],
  [
    'split over text objects and fonts',
    'BT /F 10 Tf 72 200 Td (El Cl) Tj ET BT /M 10 Tf 97 200 Td (iente) Tj ET',
    [72, 200],
  ],
  ['shown from the right to the left', 'BT /F 10 Tf 97 200 Td (iente) Tj -25 0 Td (El Cl) Tj ET', [72, 200]],
  ['bold by being shown twice', 'BT /F 10 Tf 72 200 Td (El Cliente) Tj 0.3 0 Td (El Cliente) Tj ET', [72, 200]],
  ['over two lines', 'BT /F 10 Tf 72 200 Td (El) Tj 0 -12 Td (Cliente) Tj ET', [72, 200]],
  ['scaled and moved', 'q 2 0 0 2 100 50 cm BT /F 10 Tf 10 20 Td (El Cliente) Tj ET Q', [120, 90]],
  ['not shown, as under a scan', 'BT 3 Tr /F 10 Tf 72 200 Td (El Cliente) Tj ET', [72, 200]],
  ['in white', '1 g BT /F 10 Tf 72 200 Td (El Cliente) Tj ET', [72, 200]],
  ['that runs up the page', 'BT /F 10 Tf 0 1 -1 0 100 200 Tm (El Cliente) Tj ET', [93, 200]],
])('words are found %s', (_how, content, at) => {
  expect(find(content, 'El Cliente')).toEqual(at);
});

test.each([
  ['a map of codes', 'BT /L 10 Tf 72 200 Td (\x01rma) Tj ET'],
  ['a character that is one', 'BT /L 10 Tf 72 200 Td (\x02rma) Tj ET'],
  ['the name of a glyph', 'BT /D 10 Tf 72 200 Td (Arma) Tj ET'],
  ['a name of two letters', 'BT /D 10 Tf 72 200 Td (Brma) Tj ET'],
])('a ligature is its letters, by %s', (_by, content) => {
  expect(find(content, 'firma')).toEqual([72, 200]);
});

test.each([
  ['WinAnsi', 'BT /F 10 Tf 72 200 Td (a\xf1o \x93x\x94) Tj ET', 'año “x”'],
  ['MacRoman', 'BT /M 10 Tf 72 200 Td (a\x96o) Tj ET', 'año'],
  ['names', 'BT /D 10 Tf 72 200 Td (aDo) Tj ET', 'año'],
  ['accents by themselves', 'BT /F 10 Tf 72 200 Td (acci\xb4on) Tj ET', 'acción'],
])('accents are read by %s', (_by, content, text) => {
  expect(find(content, text)).toEqual([72, 200]);
});

const twice = 'BT /F 10 Tf 72 200 Td (Firma) Tj 0 100 Td (Firma) Tj 0 -200 Td (FIRMA) Tj ET';

test('occurrences are counted as one reads, from the top', () => {
  expect(find(twice, 'Firma')).toEqual([72, 300]);
  expect(find(twice, { text: 'Firma', occurrence: 2 })).toEqual([72, 200]);
  expect(find(twice, { text: 'Firma', occurrence: 3 })).toBeUndefined();
  expect(find(twice, { text: 'Firma', occurrence: 3, ignoreCase: true })).toEqual([72, 100]);
});

test.each([
  ['/Rotate 90', [200, 528]],
  ['/Rotate 180', [528, 600]],
  ['/Rotate 270', [600, 72]],
  ['/CropBox [50 100 600 800]', [22, 100]],
])('on a page with %s words are where they are seen', (page, at) => {
  const [x, y] = find('BT /F 10 Tf 72 200 Td (El Cliente) Tj ET', 'El Cliente', page)!;
  const isNear = Math.abs(x! - at[0]!) <= 60 && Math.abs(y! - at[1]!) <= 60;
  expect({ x, y, isNear }).toMatchObject({ isNear: true });
});

test('words that are not there are not found, nor those beyond the edge of the page', () => {
  expect(find('BT /F 10 Tf 72 200 Td (El Cliente) Tj ET', 'El Prestador')).toBeUndefined();
  expect(find('BT /F 10 Tf -200 200 Td (El Cliente) Tj ET', 'El Cliente')).toBeUndefined();
});
