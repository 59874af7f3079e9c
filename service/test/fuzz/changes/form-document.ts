import { streamOf } from './append-update.ts';

/** Objects of a document with fields of all kinds, and what they share. */
export const objects: Readonly<Record<number, string>> = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Names << /Dests 30 0 R >> >>',
  2: '<< /Type /Pages /Kids [3 0 R 20 0 R] /Count 2 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Fm 11 0 R >> >> /Annots 7 0 R >>',
  4: '<< /Length 9 0 R >>\nstream\nBT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET /Fm Do\nendstream',
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  6: '<< /Fields [8 0 R 10 0 R 12 0 R 13 0 R 16 0 R 17 0 R] /DR << /Font << /F1 5 0 R >> >> /DA (/F1 9 Tf 0 g) >>',
  7: '[8 0 R 10 0 R 12 0 R 13 0 R 14 0 R 15 0 R 17 0 R 18 0 R]',
  8: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [72 600 300 620] /V () /DA (/F1 12 Tf 0 g) /AP << /N 11 0 R >> >>',
  9: '52',
  10: '<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /T (ro) /F 4 /Rect [72 560 300 580] /V (old) /AP << /N 19 0 R >> >>',
  11: streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 228 20]'),
  12: '<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (pb) /F 4 /Rect [72 500 300 540] /MK << /CA (ok) >> >>',
  13: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (cb) /F 4 /Rect [320 500 340 520] /V /Off /AS /Off /AP << /N << /Yes 19 0 R >> >> >>',
  14: '<< /Type /Annot /Subtype /Widget /Parent 16 0 R /F 4 /Rect [72 450 300 470] /AP << /N 19 0 R >> >>',
  15: '<< /Type /Annot /Subtype /Widget /Parent 16 0 R /F 4 /Rect [72 420 300 440] /AP << /N 19 0 R >> >>',
  16: '<< /FT /Tx /T (two) /V (x) /Kids [14 0 R 15 0 R] >>',
  17: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (c) /F 4 /Rect [72 380 300 400] /V () /DA (/F1 12 Tf 0 g) /MK 21 0 R /AP 22 0 R >>',
  18: '<< /Type /Annot /Subtype /Stamp /F 4 /Rect [320 560 400 600] /AP << /N 23 0 R >> >>',
  19: streamOf(
    'BT /F1 9 Tf (old) Tj ET',
    '/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F1 5 0 R >> >>',
  ),
  20: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Fm 11 0 R >> >> >>',
  21: '<< /BG [1 1 1] >>',
  22: '<< /N 24 0 R >>',
  23: streamOf('1 0 0 rg 0 0 80 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 80 40]'),
  24: streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 228 20]'),
  30: '<< /Names [(a) [3 0 R /Fit]] >>',
};

/** The document, with a classic cross-reference, and objects in place of its own. */
export const writeForm = (others: Readonly<Record<number, string>> = {}): Buffer => {
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const entries = Object.entries({ ...objects, ...others }).map(([number, body]) => {
    const offset = text.length;
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const trailer = `trailer\n<< /Size 31 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 1\n0000000000 65535 f \n${entries.join('')}${trailer}`, 'latin1');
};
