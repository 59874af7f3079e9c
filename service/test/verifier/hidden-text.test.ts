import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { inspect, listWith, withEntries } from '../fuzz/changes/document.ts';
import { withTable } from '../hostile-pdfs.ts';

const font = '/Font << /F1 5 0 R >>';
const look = (content: string, resources = font): string =>
  streamOf(content, `/Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources << ${resources} >>`);
const field = (name: string, bottom: number, value = ''): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /F 4 /Rect [60 ${bottom} 260 ${bottom + 40}] /V (${value}) ${value && `/AP << /N ${name === 'over' ? 14 : 13} 0 R >>`} >>`;
const paper = '1 g 0 0 200 40 re f 0 g';

/** Fields over text, over nothing, and over text that the field hides from the beginning; a line, text in white, and a remark. */
const objects: [number, string][] = [
  [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R 11 0 R 12 0 R 16 0 R] >> >>'],
  [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
  [
    3,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << ${font} >> /Annots [10 0 R 11 0 R 12 0 R 15 0 R] >>`,
  ],
  [
    4,
    streamOf(
      `BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj 0 -100 Td (another line of text) Tj 0 -200 Td (____________) Tj
      0 -100 Td 1 g (signatory two) Tj ET`,
    ),
  ],
  [5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
  [10, field('over', 690)],
  [11, field('beside', 500)],
  [12, field('hiding', 590, 'old')],
  [13, look(`${paper} BT /F1 12 Tf 2 9 Td (old) Tj ET`)],
  [14, '<< >>'],
  [15, '<< /Type /Annot /Subtype /FreeText /F 4 /Rect [60 200 260 240] /DA (/F1 24 Tf) /Contents (Pay 100 pesos) >>'],
  // On no page.
  [16, '<< /Type /Annot /Subtype /Widget /FT /Sig /T (nowhere) /F 4 /Rect [60 690 260 730] >>'],
];
const document = withTable(objects);

/** Signed by hand: no key is behind it. */
const byHand = withTable([
  ...objects.map(([number, body]): [number, string] => [number, body.replace('16 0 R]', '16 0 R 17 0 R]')]),
  [17, '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>'],
]);

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let once: Uint8Array;
const sign = async (pdf: Uint8Array, placement?: { y: number }): Promise<Uint8Array> => {
  const at = placement && { placement: { page: 1, x: 60, width: 200, height: 40, ...placement } };
  return (await signing.provider.sign(createOrder(pdf, at))).document;
};
beforeAll(async () => {
  signing = await startEmbeddedSigning();
  once = await sign(document);
});
afterAll(() => signing.stop());

const judge = async (pdf: Uint8Array) => {
  const { fault, signatures } = await verifyDocument({ document: new Uint8Array(pdf), now: new Date() }, nodePorts);
  return [fault, ...signatures[0]!.changes.flatMap(({ allowed, detail }) => (allowed ? [] : [detail]))];
};

/** What is told of what was done to the document that is signed by hand. */
const judgeUpdate = (pdf: Uint8Array): (string | undefined)[] =>
  judgeLaterChanges(open(pdf), [byHand.length], nodePorts)
    .get(byHand.length)!
    .changes.flatMap(({ allowed, detail }) => (allowed ? [] : [detail]));

const fill = (name: string, number: number, bottom: number, appearance: string): (string | undefined)[] =>
  judgeUpdate(
    appendUpdate(byHand, {
      objects: {
        [number]: field(name, bottom, 'x').replace(/\/N \d+/, '/N 90'),
        90: appearance,
        91: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 120 /LastChar 120 /Widths [9] /Encoding << /Differences [120 /x] >> /CharProcs << /x 92 0 R >> >>',
        94: '<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>',
        92: streamOf('9 0 d0 0 0 200 40 re f'),
        93: `<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\xff\nendstream`,
      },
    }),
  );

const text = 'BT /F1 12 Tf 2 9 Td (x) Tj ET';
const hiding: Record<string, string> = {
  paper: look(`${paper} ${text}`),
  'paper in pieces': look(
    `1 g ${Array.from({ length: 40 }, (_, at) => `${at * 5} 0 5 40 re f`).join(' ')} 0 g ${text}`,
  ),
  'an image': look(`q 200 0 0 40 0 0 cm /I Do Q ${text}`, `${font} /XObject << /I 93 0 R >>`),
  'a broad line': look(`1 G 40 w 0 20 m 200 20 l S ${text}`),
  'many thin lines': look(`1 G 1 w ${Array.from({ length: 40 }, (_, y) => `0 ${y} m 200 ${y} l S`).join(' ')} ${text}`),
  'a square of a font that readers have': look(
    `1 g BT /F8 60 Tf (nnnn) Tj ET ${text}`,
    '/Font << /F1 5 0 R /F8 94 0 R >>',
  ),
  'huge letters': look(`1 g BT /F1 400 Tf -20 -60 Td (lllll) Tj ET ${text}`),
  'letters that are stretched': look(`1 g BT /F1 30 Tf 2000 Tz (ll) Tj ET 100 Tz ${text}`),
  'a letter of its own shape, by a graphics state': look(
    '/G gs BT (x) Tj ET',
    `${font} /ExtGState << /G << /Font [91 0 R 1] >> >>`,
  ),
  'letters with broad lines': look(`1 G 1 g 2 Tr 20 w BT /F1 12 Tf 2 9 Td (xxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj ET`),
  'letters with lines that are broad by their scale': look(
    `q 40 0 0 40 0 0 cm 1 G 1 g 2 Tr 1 w BT /F1 0.3 Tf 0 0.2 Td (xxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj ET Q`,
  ),
  'letters upon letters': look(
    `1 g BT /F1 24 Tf ${Array.from({ length: 60 }, (_, at) => `1 0 0 1 ${at % 10} ${6 + at / 5} Tm (lllllllllllllllllllllllll) Tj`).join(' ')} ET 0 g ${text}`,
  ),
  'a letter of its own shape': look('BT /F9 1 Tf (x) Tj ET', '/Font << /F9 91 0 R >>'),
};

test.each(Object.entries(hiding))('%s over text that was signed is told, and over nothing it is let be', (_, look) => {
  expect(fill('over', 10, 690, look)).toEqual(['it hides text that was there']);
  expect(fill('beside', 11, 500, look)).toEqual([]);
});

test('what is written over text, or drawn across it, hides nothing', () => {
  expect(fill('over', 10, 690, look(text))).toEqual([]);
  expect(fill('over', 10, 690, look(`0 0 m 200 40 l S ${text}`))).toEqual([]);
});

test('a field that hid its place from the beginning may be filled in', () => {
  expect(fill('hiding', 12, 590, look(`${paper} ${text}`))).toEqual([]);
});

const signatureField = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (later) /F 4 /Rect RECT AP >>';

/** With an empty field for a signature. */
const withEmpty = (rect: string, appearance = ''): Buffer => {
  const { catalog, page } = inspect(byHand);
  const form = catalog.dict.lookup('AcroForm') as PdfDict;
  const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', '90 0 R') });
  return appendUpdate(byHand, {
    objects: {
      [catalog.number]: withEntries(catalog.dict, { AcroForm }),
      [page.ref.number]: withEntries(page.dict, { Annots: listWith(page.dict, 'Annots', '90 0 R') }),
      90: signatureField.replace('RECT', rect).replace('AP', appearance && '/AP << /N 91 0 R >>'),
      91: streamOf(appearance, '/Type /XObject /Subtype /Form /BBox [0 0 200 40]'),
    },
  });
};

test('an empty field is laid beside the text, since whoever signs it draws there', () => {
  expect(judgeUpdate(withEmpty('[300 430 500 470]'))).toEqual([]);
  expect(judgeUpdate(withEmpty('[60 690 260 730]'))).toEqual(['it lies over text that was there']);
  expect(judgeUpdate(withEmpty('[60 200 260 240]'))).toEqual(['it covers something that was there']);
});

test('an empty field may have an appearance that draws nothing', () => {
  expect(judgeUpdate(withEmpty('[300 430 500 470]', ' % nothing\n'))).toEqual([]);
  const shown = ['it is not signed, and shows something'];
  expect(judgeUpdate(withEmpty('[300 430 500 470]', '0 0 9 9 re f'))).toEqual(shown);
  expect(judgeUpdate(withEmpty('[300 430 500 470]', `${' '.repeat(200)}0 0 9 9 re f`))).toEqual(shown);
});

test('a field that was on no page is a new place where it is put', () => {
  const { page } = inspect(byHand);
  const placed = appendUpdate(byHand, {
    objects: { [page.ref.number]: withEntries(page.dict, { Annots: listWith(page.dict, 'Annots', '16 0 R') }) },
  });
  expect(judgeUpdate(placed)).not.toEqual([]);
});

test('a later signature is laid beside the text, and over what is no text or not seen', async () => {
  for (const y of [390, 290]) expect(await judge(await sign(once, { y }))).toEqual([undefined]);
  await expect(sign(once, { y: 690 })).rejects.toMatchObject({ type: 'placement-invalid' });
  // Where nobody has signed yet, that is up to the host.
  expect(await judge(await sign(document, { y: 690 }))).toEqual([undefined]);
});
