import { expect, test } from 'vitest';
import type { DocumentFindingName } from '@tu-esign/contract';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { textOfAppearance } from '#intake/fields/appearance-text.ts';
import { readAnnotations } from '#intake/fields/widgets.ts';
import { findIn } from '#intake/find.ts';
import { handle } from '#intake/policy.ts';
import { withTable } from '../../../test/hostile-pdfs.ts';
import { normalise } from './normalise.ts';

type Objects = [number, Buffer | string][];

const open = (pdf: Uint8Array): PdfFile => openPdf(pdf, nodePorts);

const fix = async (objects: Objects, ...findings: DocumentFindingName[]): Promise<PdfFile> => {
  const file = open(withTable(objects));
  return open(await normalise(file, readPages(file), new Set(findings)));
};
const namesIn = (file: PdfFile): string[] => [...findIn(file, readPages(file)).keys()];
const widgetsOf = (file: PdfFile): PdfDict[] => readAnnotations(readPages(file)).map(({ dict }) => dict);

const page = (annotations: string): [number, string] => [
  3,
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots [${annotations}] >>`,
];
const form = (fields: string): [number, string] => [
  1,
  `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields}] /NeedAppearances true /DA (/Helv 0 Tf 0 g) >> >>`,
];

const look = (content: string): string =>
  `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length ${content.length} >>\nstream\n${content}\nendstream`;

/** What a widget's appearance says, and its matrix. */
const appearanceOf = (widget: PdfDict): { text: string | undefined; form: PdfStream } => {
  const normal = dictAt(widget, 'AP')!.lookup('N') as PdfStream;
  return { text: textOfAppearance(normal, undefined), form: normal };
};

test.each([
  ['a line', '/V (1000 pesos) /Rect [10 10 110 30]', '1000 pesos'],
  ['more than fits on a line', `/V (${'palabras '.repeat(12)}) /Ff 4096 /Rect [10 10 110 110]`, 'palabras '.repeat(12)],
  ['characters in cells', '/V (AB12) /Ff 16777216 /MaxLen 4 /Rect [10 10 110 30]', 'AB12'],
  ['letters beyond Latin-1', '/V <FEFF01520150> /Rect [10 10 110 30]', 'ŒŐ'],
  ['a text in a turned field', '/V (a) /MK << /R 90 /BC [1 0 0] /BG [1] >> /Q 2 /Rect [10 10 30 110]', 'a'],
  ['what is chosen', '/FT /Ch /Ff 131072 /V (b) /Opt [[(a) (uno)] [(b) (dos)]] /Rect [10 10 110 30]', 'dos'],
])('%s is drawn, and viewers are not asked to', async (_what, entries, text) => {
  const field = `<< /Subtype /Widget ${entries.includes('/FT') ? '' : '/FT /Tx'} /T (a) /F 4 ${entries} >>`;
  const file = await fix([form('5 0 R'), page('5 0 R'), [5, field]], 'need-appearances');
  expect(namesIn(file)).toEqual(['fillable-fields']);
  const said = appearanceOf(widgetsOf(file)[0]!).text!;
  expect(said.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
});

test.each([
  ['a frame', '/FT /Tx /MK << /BC [0] >>', ''],
  ['what is behind', '/FT /Tx /MK << /BG [1 0 0] >>', ''],
  ['what a button says', '/FT /Btn /Ff 65536 /MK << /CA (Enviar) >>', 'Enviar'],
])('a field that has no appearance has one: %s', async (_what, entries, text) => {
  const field = `<< /Subtype /Widget /T (a) /F 4 /Rect [10 10 110 30] ${entries} >>`;
  const file = await fix([page('5 0 R'), [5, field]], 'need-appearances');
  expect(namesIn(file).filter((name) => name !== 'fillable-fields')).toEqual([]);
  expect(appearanceOf(widgetsOf(file)[0]!).text).toBe(text);
});

test('a box that is not ticked has its frame as an appearance of that state, and keeps the other', async () => {
  const box =
    '<< /Subtype /Widget /FT /Btn /T (a) /F 4 /Rect [0 0 9 9] /MK << /BC [0] >> /AP << /N << /Yes 6 0 R >> >> >>';
  const file = await fix([page('5 0 R'), [5, box], [6, look('0 0 9 9 re f')]], 'need-appearances');
  expect(namesIn(file)).toEqual(['fillable-fields']);
  const [widget] = widgetsOf(file);
  const states = dictAt(dictAt(widget!, 'AP')!, 'N')!.entries();
  expect([widget!.lookup('AS')!.toString(), ...states.map(([state]) => state)]).toEqual(['/Off', 'Yes', 'Off']);
});

test('a turned field’s text is turned with it', async () => {
  const field = '<< /Subtype /Widget /FT /Tx /T (a) /F 4 /V (a) /MK << /R 90 >> /Rect [10 10 30 110] >>';
  const [widget] = widgetsOf(await fix([form('5 0 R'), page('5 0 R'), [5, field]], 'need-appearances'));
  const { dict } = appearanceOf(widget!).form;
  expect([dict.lookup('BBox')!.toString(), dict.lookup('Matrix')!.toString()]).toEqual([
    '[ 0 0 100 20 ]',
    '[ 0 1 -1 0 0 0 ]',
  ]);
});

test('an empty field stays empty, and one whose appearance says its value keeps it', async () => {
  const empty = '<< /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [10 10 110 30] >>';
  const [widget] = widgetsOf(await fix([form('5 0 R'), page('5 0 R'), [5, empty]], 'need-appearances'));
  expect(widget!.has('AP')).toBe(false);
});

test('a form that is an object of its own, and one written in a page, are changed where they are', async () => {
  const own: Objects = [
    [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>'],
    page('<< /Subtype /Widget /FT /Tx /T (a) /F 4 /V (a) /Rect [10 10 110 30] >>'),
    [6, '<< /Fields [] /NeedAppearances true >>'],
  ];
  expect(namesIn(await fix(own, 'need-appearances', 'fillable-fields'))).toEqual([]);
});

test('what is filled in can be changed no more, wherever its flags stand', async () => {
  const objects: Objects = [
    [1, '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 8 0 R] >> >>'],
    page('6 0 R 7 0 R 8 0 R'),
    [5, '<< /FT /Tx /T (a) /Ff 4096 /Kids [6 0 R 7 0 R] >>'],
    [6, '<< /Subtype /Widget /Parent 5 0 R /F 4 /Rect [10 10 110 30] >>'],
    [7, '<< /Subtype /Widget /Parent 5 0 R /F 4 /Ff 8192 /Rect [10 50 110 70] >>'],
    [8, '<< /Subtype /Widget /FT /Btn /T (b) /F 4 /Rect [10 90 20 100] >>'],
  ];
  const file = await fix(objects, 'fillable-fields');
  expect(namesIn(file)).toEqual([]);
  const field = file.objects.lookup(file.objects.ref(5)) as PdfDict;
  expect(numberAt(field, 'Ff')).toBe(4097);
});

test('a box keeps what it shows, and its value follows', async () => {
  const stream = Buffer.from('<< /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream');
  const objects: Objects = [
    form('5 0 R'),
    page('5 0 R'),
    [5, '<< /Subtype /Widget /FT /Btn /T (a) /V /Off /AS /Yes /F 4 /Rect [0 0 9 9] /AP << /N << /Yes 6 0 R >> >> >>'],
    [6, stream],
  ];
  const [widget] = widgetsOf(await fix(objects, 'values-differ'));
  expect([widget!.lookup('V')!.toString(), widget!.lookup('AS')!.toString()]).toEqual(['/Yes', '/Yes']);
});

test.each([
  [
    'what is only printed is shown to nobody',
    '/OFF [] /AS [<< /Event /View /Category [/View] /OCGs [5 0 R] >>]',
    '/Usage << /View << /ViewState /OFF >> >>',
    ['layers-hidden'],
  ],
  [
    'what is only shown is printed',
    '/AS [<< /Event /Print /Category [/Print] /OCGs [5 0 R] >>]',
    '/Usage << /Print << /PrintState /OFF >> >>',
    [],
  ],
  ['what other configurations hide stays', '', '/Intent /Design', []],
])('layers are what the element shows: %s', async (_what, defaults, group, left) => {
  const objects: Objects = [
    [
      1,
      `<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << ${defaults} >> /Configs [<< /OFF [5 0 R] >>] >> >>`,
    ],
    [5, `<< /Type /OCG /Name (a) ${group} >>`],
  ];
  expect(namesIn(open(withTable(objects)))).toEqual(['layers-differ']);
  expect(namesIn(await fix(objects, 'layers-differ'))).toEqual(left);
});

const stamp = (flags: number) => `<< /Subtype /Square /C [0] /F ${flags} /Rect [0 0 9 9] >>`;

test('annotations are what the element shows, on paper too', async () => {
  const objects: Objects = [
    page('5 0 R 6 0 R 7 0 R 8 0 R 9 0 R'),
    [5, stamp(0)],
    [6, stamp(36)],
    // With the pointer over it, it is gone; and one that the element does not show, and others do.
    [7, stamp(4 | 256)],
    [8, stamp(4 | 1)],
    // Each viewer draws it as it likes, and the element not at all.
    [9, '<< /Subtype /Stamp /F 4 /Rect [0 0 9 9] >>'],
  ];
  const file = await fix(objects, 'annotations-differ');
  expect(widgetsOf(file).map((dict) => numberAt(dict, 'F'))).toEqual([4, 34, 4, 2, 2]);
  expect(namesIn(file)).toEqual([]);
});

test('under the pointer annotations stay what the element shows; others of the same appearances keep theirs', async () => {
  const objects: Objects = [
    page('5 0 R 6 0 R'),
    [5, '<< /Subtype /Stamp /F 4 /Rect [0 0 9 9] /AP 7 0 R >>'],
    [6, '<< /Subtype /Stamp /F 2 /Rect [0 0 9 9] /AP 7 0 R >>'],
    [7, '<< /N 8 0 R /R 9 0 R /D 9 0 R >>'],
    [8, look('0 0 9 9 re f')],
    [9, look('0 0 1 1 re f')],
  ];
  expect(namesIn(open(withTable(objects)))).toEqual(['annotations-differ']);
  const file = await fix(objects, 'annotations-differ');
  const keys = widgetsOf(file).map((dict) =>
    dictAt(dict, 'AP')!
      .entries()
      .map(([key]) => key),
  );
  expect(keys).toEqual([['N'], ['N', 'R', 'D']]);
  expect(namesIn(file)).toEqual([]);
});

test('what was signed is never changed, whatever the host wants', async () => {
  const found = new Map([
    ['need-appearances', [{ object: 1 }]],
    ['layers-differ', [{ object: 2 }]],
  ] as const);
  const policy = { 'need-appearances': 'normalise', 'layers-differ': 'normalise' } as const;
  const { refused, told, normalised } = handle(found, policy, true);
  expect([refused, told, normalised].map((list) => list.map(({ finding }) => finding))).toEqual([
    ['layers-differ'],
    ['need-appearances'],
    [],
  ]);
});
