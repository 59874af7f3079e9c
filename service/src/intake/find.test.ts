import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { stream, withTable } from '../../test/hostile-pdfs.ts';
import { findIn } from './find.ts';

type Objects = [number, Buffer | string][];

/** Names and places of what is found in a page and these objects. */
const find = (objects: Objects): Record<string, string[]> => {
  const file = openPdf(withTable(objects), nodePorts);
  const found = [...findIn(file, readPages(file))];
  return Object.fromEntries(
    found.map(([name, places]) => [name, places.map(({ page, object }) => `${page ?? '-'}:${object ?? '-'}`)]),
  );
};

const catalog = (entries: string): [number, string] => [1, `<< /Type /Catalog /Pages 2 0 R ${entries} >>`];
const page = (entries: string): [number, string] => [
  3,
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] ${entries} >>`,
];
const raw = (dictionary: string, text = ''): Buffer =>
  Buffer.from(`<< ${dictionary} /Length ${text.length} >>\nstream\n${text}\nendstream`);
const form = (text: string, entries = ''): Buffer =>
  raw(`/Type /XObject /Subtype /Form /BBox [0 0 200 20] ${entries}`, text);
const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

const active: [string, string, Objects][] = [
  ['a script when it is opened', 'javascript', [catalog(`/OpenAction ${script}`)]],
  ['a script in a stream', 'javascript', [catalog('/OpenAction << /S /JavaScript /JS 5 0 R >>'), [5, raw('', 'x')]]],
  [
    'a script behind a harmless action',
    'javascript',
    [catalog(`/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [${script}] >>`)],
  ],
  ['a script before it is printed', 'javascript', [catalog(`/AA << /WP ${script} >>`)]],
  ['a script by its name', 'javascript', [catalog('/Names << /JavaScript << /Names [(a) 5 0 R] >> >>'), [5, script]]],
  ['a script when a page is opened', 'javascript', [page(`/AA << /O ${script} >>`)]],
  [
    'a script of an annotation',
    'javascript',
    [page('/Annots [5 0 R]'), [5, `<< /Subtype /Link /Rect [0 0 9 9] /A ${script} >>`]],
  ],
  [
    'a script of a field',
    'javascript',
    [catalog('/AcroForm << /Fields [5 0 R] >>'), [5, `<< /FT /Tx /T (a) /AA << /K ${script} >> >>`]],
  ],
  [
    'a script of an outline',
    'javascript',
    [catalog('/Outlines << /First 5 0 R >>'), [5, `<< /Title (a) /A ${script} >>`]],
  ],
  ['a script whose kind is spelled oddly', 'javascript', [catalog('/OpenAction << /S /Java#53cript /JS (x) >>')]],
  [
    'a script of a rendition',
    'javascript',
    [page('/Annots [5 0 R]'), [5, '<< /Subtype /Screen /Rect [0 0 9 9] /A << /S /Rendition /JS (x) >> >>']],
  ],
  [
    'a script as an address',
    'javascript',
    [page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:x) >> >>]')],
  ],
  ['a script of a page that is turned to', 'javascript', [page(`/PresSteps << /NA ${script} >>`)]],
  [
    'a program',
    'launch-action',
    [page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (a.exe) >> >>]')],
  ],
  ['a form that is sent', 'submit-action', [catalog('/OpenAction << /S /SubmitForm /F (http://x) >>')]],
  ['data that is fetched', 'submit-action', [catalog('/OpenAction << /S /ImportData /F (x.fdf) >>')]],
  ['an address that is opened by itself', 'automatic-action', [catalog('/OpenAction << /S /URI /URI (http://x) >>')]],
  ['something hidden by itself', 'automatic-action', [page('/AA << /O << /S /Hide /T (a) >> >>')]],
  [
    'layers that are switched by themselves',
    'automatic-action',
    [page('/AA << /O << /S /SetOCGState /State [] >> >>')],
  ],
  [
    'what is clicked and done by itself',
    'automatic-action',
    [
      catalog('/OpenAction 5 0 R'),
      page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A 5 0 R >>]'),
      [5, '<< /S /Hide /T (a) >>'],
    ],
  ],
];

test.each(active)('%s is %s', (_what, finding, objects) => {
  expect(Object.keys(find(objects))).toContain(finding);
});

test('where something is, is told: page and object', () => {
  const objects: Objects = [page('/Annots [5 0 R]'), [5, '<< /Subtype /Link /Rect [0 0 9 9] /A 6 0 R >>'], [6, script]];
  expect(find(objects)).toEqual({ javascript: ['1:6'] });
});

const external: [string, string, Objects][] = [
  ['content in another file', 'external-content', [page('/Contents 5 0 R'), [5, raw('/F (other.bin)')]]],
  [
    'content whose filters are of another file',
    'external-content',
    [page('/Contents 5 0 R'), [5, raw('/FFilter /FlateDecode')]],
  ],
  [
    'a page of another file',
    'external-content',
    [page('/Resources << /XObject << /X 5 0 R >> >>'), [5, form('', '/Ref << /F (a.pdf) /Page 0 >>')]],
  ],
  [
    'another picture on paper',
    'print-content',
    [
      page('/Resources << /XObject << /X 5 0 R >> >>'),
      [5, raw('/Subtype /Image /Alternates [<< /Image 6 0 R /DefaultForPrinting true >>]')],
      [6, raw('/Subtype /Image')],
    ],
  ],
  [
    'a program for the printer',
    'print-content',
    [page('/Resources << /XObject << /X 5 0 R >> >>'), [5, raw('/Subtype /PS')]],
  ],
  [
    'colours that are turned into others',
    'print-content',
    [
      page('/Resources << /ExtGState << /G << /TR 5 0 R >> >> >>'),
      [5, '<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>'],
    ],
  ],
  [
    'colours of which one is turned into others',
    'print-content',
    [
      page('/Resources << /ExtGState << /G 6 0 R >> >>'),
      [5, '<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>'],
      [6, '<< /Type /ExtGState /TR2 [/Identity /Identity /Identity 5 0 R] >>'],
    ],
  ],
  [
    'files inside',
    'embedded-files',
    [
      catalog('/Names << /EmbeddedFiles << /Names [(a.xml) << /Type /Filespec /F (a.xml) /EF << /F 5 0 R >> >>] >> >>'),
      [5, raw('/Type /EmbeddedFile', '<x/>')],
    ],
  ],
  ['a film', 'multimedia', [page('/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]')]],
  ['a collection', 'portfolio', [catalog('/Collection << /View /D >>')]],
  ['a form without fields', 'xfa-dynamic', [catalog('/AcroForm << /Fields [] /XFA 5 0 R >>'), [5, raw('', '<xdp/>')]]],
  [
    'a form that must be drawn',
    'xfa-dynamic',
    [
      catalog('/NeedsRendering true /AcroForm << /Fields [6 0 R] /XFA 5 0 R >>'),
      [5, raw('', '<xdp/>')],
      [6, '<< /FT /Tx /T (a) >>'],
    ],
  ],
  [
    'a form that says so itself',
    'xfa-dynamic',
    [
      catalog('/AcroForm << /Fields [6 0 R] /XFA [(config) 5 0 R] >>'),
      [5, stream('', Buffer.from('<config><dynamicRender>required</dynamicRender></config>'))],
      [6, '<< /FT /Tx /T (a) >>'],
    ],
  ],
  [
    'a form over the PDF’s own',
    'xfa-static',
    [catalog('/AcroForm << /Fields [6 0 R] /XFA 5 0 R >>'), [5, raw('', '<xdp/>')], [6, '<< /FT /Tx /T (a) >>']],
  ],
];

test.each(external)('%s is %s', (_what, finding, objects) => {
  expect(Object.keys(find(objects))).toEqual([finding]);
});

const layers = (configuration: string, group = '', others = ''): Objects => [
  catalog(`/OCProperties << /OCGs [5 0 R] /D << ${configuration} >> ${others} >>`),
  [5, `<< /Type /OCG /Name (a) ${group} >>`],
];
const states = (view: string, print: string): string =>
  `/Usage << /View << /ViewState /${view} >> /Print << /PrintState /${print} >> >>`;
const events =
  '/AS [<< /Event /View /Category [/View] /OCGs [5 0 R] >> << /Event /Print /Category [/Print] /OCGs [5 0 R] >>]';

const different: [string, Objects][] = [
  ['a layer that is only printed', layers(`/OFF [5 0 R] ${events}`, states('OFF', 'ON'))],
  ['a layer that is only shown', layers(events, states('ON', 'OFF'))],
  ['a layer that only some viewers hide', layers(events, states('OFF', 'OFF'))],
  ['a layer that another configuration hides', layers('', '', '/Configs [<< /OFF [5 0 R] >>]')],
  ['a layer that another configuration shows', layers('/OFF [5 0 R]', '', '/Configs [<< /BaseState /ON >>]')],
  ['a layer of another intent, hidden', layers('/OFF [5 0 R]', '/Intent /Design')],
  ['a configuration of another intent', layers('/OFF [5 0 R] /Intent /Design')],
  [
    'a layer for large views',
    layers('/AS [<< /Event /View /Category [/Zoom] /OCGs [5 0 R] >>]', '/Usage << /Zoom << /min 2 >> >>'),
  ],
  [
    'a layer for one language',
    layers('/AS [<< /Event /View /Category [/Language] /OCGs [5 0 R] >>]', '/Usage << /Language << /Lang (es) >> >>'),
  ],
  ['a layer that is shown and hidden', layers('/ON [5 0 R] /OFF [5 0 R]')],
  [
    'a hidden layer that the list lacks',
    [catalog('/OCProperties << /OCGs [] /D << /OFF [5 0 R] >> >>'), [5, '<< /Type /OCG /Name (a) >>']],
  ],
];

test.each(different)('%s differs', (_what, objects) => {
  expect(find(objects)).toEqual({ 'layers-differ': ['-:5'] });
});

const annotation = (entries: string, content = '0 0 9 9 re f'): Objects => [
  page('/Annots [5 0 R]'),
  [5, `<< /Rect [0 0 100 20] /AP << /N 6 0 R >> ${entries} >>`],
  [6, form(content)],
];

test.each([
  ['a stamp that is only shown', annotation('/Subtype /Stamp /F 0')],
  ['a stamp that is only printed', annotation('/Subtype /Stamp /F 36')],
  ['a stamp that turns up under the mouse', annotation('/Subtype /Stamp /F 288')],
  ['a stamp that is gone under the mouse', annotation('/Subtype /Stamp /F 260')],
  ['a stamp that the element alone hides', annotation('/Subtype /Stamp /F 5')],
  ['a field that is only shown', annotation('/Subtype /Widget /FT /Btn /Ff 65536 /F 0')],
  [
    'a line without an appearance',
    [page('/Annots [5 0 R]'), [5, '<< /Subtype /Line /Rect [0 0 9 9] /L [0 0 9 9] >>']] as Objects,
  ],
])('%s differs', (_what, objects) => {
  expect(find(objects)).toEqual({ 'annotations-differ': ['1:5'] });
});

/** Entries of annotations that poppler, MuPDF and pdf.js do not draw alike, or not at the same place. */
const quads = '/QuadPoints [0 20 100 20 0 0 100 0]';
const red = form('1 0 0 rg 0 0 200 20 re f');
const drawnUnlike: [string, string, (Buffer | string)?][] = [
  ['text on the page', '/Subtype /FreeText /Contents (1000) /DA (/Helv 9 Tf)'],
  ['a stamp', '/Subtype /Stamp /Name /Approved'],
  ['a stamp whose appearance is not there', '/Subtype /Stamp /AP << /N 9 0 R >>'],
  ['a stamp in a state that has no appearance', '/Subtype /Stamp /AS /On /AP << /N << /Off 6 0 R >> >>', red],
  ['a stamp that does not say its state', '/Subtype /Stamp /AP << /N << /On 6 0 R >> >>', red],
  ['a line', '/Subtype /Line /L [0 0 9 9]'],
  ['ink beside its rectangle', '/Subtype /Ink /Rect [0 0 0 0] /InkList [[0 0 300 300]]'],
  ['a rectangle of the viewer’s own colour', '/Subtype /Square'],
  ['a rectangle whose frame fills it', '/Subtype /Square /C [1 0 0] /BS << /W 1000 >>'],
  ['a rectangle with a border of another kind', '/Subtype /Square /C [1 0 0] /Border [0 0 90]'],
  ['a highlight without a place', '/Subtype /Highlight /QuadPoints [0 0 9]'],
  ['a highlight without a rectangle', `/Subtype /Highlight ${quads} /Rect [0 0]`],
  ['a highlight whose appearance is empty', `/Subtype /Highlight ${quads} /AP << /N 6 0 R >>`, form('')],
  [
    'a highlight that says something',
    `/Subtype /Highlight ${quads} /AP << /N 6 0 R >>`,
    form('BT /H 9 Tf (9000) Tj ET', '/Resources << /Font << /H << /Type /Font /Subtype /Type1 >> >> >>'),
  ],
  ['an underline without a place', '/Subtype /Underline /AP << /N 6 0 R >>', red],
  ['a polygon without corners', '/Subtype /Polygon /AP << /N 6 0 R >>', red],
  ['an attachment’s sign without a file', '/Subtype /FileAttachment /AP << /N 6 0 R >>', red],
  ['a link that is drawn', '/Subtype /Link /AP << /N 6 0 R >>', red],
  ['a link with a broad frame', '/Subtype /Link /Border [0 0 200] /C [1 1 1]'],
  ['a link with a broad frame by its style', '/Subtype /Link /Border [0 0 1] /BS << /W 200 >>'],
  ['a pop-up that is drawn', '/Subtype /Popup /AP << /N 6 0 R >>', red],
  ['what is of no kind', '/AP << /N 6 0 R >>', red],
  ['a field of no kind', '/Subtype /Widget /T (a) /AP << /N 6 0 R >>', red],
  ['a field without a name', '/Subtype /Widget /FT /Btn /Ff 65536 /AP << /N 6 0 R >>', red],
  ['a stamp without a rectangle', '/Subtype /Stamp /Rect [0 0 9] /AP << /N 6 0 R >>', red],
  ['a stamp whose appearance has no box', '/Subtype /Stamp /AP << /N 6 0 R >>', raw('/Subtype /Form', '0 0 9 9 re f')],
  [
    'a stamp whose appearance has an empty box',
    '/Subtype /Stamp /AP << /N 6 0 R >>',
    raw('/Subtype /Form /BBox [0 0 0 0]', '0 0 9 9 re f'),
  ],
  ['flags below zero', '/Subtype /Stamp /F -1 /AP << /N 6 0 R >>', red],
  ['flags that are no whole number', '/Subtype /Stamp /F 4.5 /AP << /N 6 0 R >>', red],
  ['flags beyond 32 bits', '/Subtype /Stamp /F 4294967300 /AP << /N 6 0 R >>', red],
];

/** Later entries of those stand in place of the usual ones. */
const annotated = (entries: string, appearance: Buffer | string = 'null'): Objects => {
  const usual = [
    ['/Rect', '/Rect [0 0 100 20]'],
    ['/F ', '/F 4'],
  ].flatMap(([key, entry]) => (entries.includes(key!) ? [] : [entry]));
  return [page('/Annots [5 0 R]'), [5, `<< /Type /Annot ${usual.join(' ')} ${entries} >>`], [6, appearance]];
};

test.each(drawnUnlike)('viewers do not draw alike: %s', (_what, entries, appearance) => {
  expect(find(annotated(entries, appearance))).toEqual({ 'annotations-differ': ['1:5'] });
});

test.each([
  ['a highlight', `/Subtype /Highlight ${quads} /C [1 1 0]`],
  ['a highlight of a viewer’s own colour', `/Subtype /Highlight ${quads}`],
  ['words that are struck out', `/Subtype /StrikeOut ${quads}`],
  ['a rectangle with a colour', '/Subtype /Square /C [1 0 0] /IC [1 1 1]'],
  ['a circle with a thin frame', '/Subtype /Circle /C [0] /BS << /W 2 >>'],
  ['a note', '/Subtype /Text /Contents (a)'],
  ['a link with a frame', '/Subtype /Link /Border [0 0 1] /C [1 0 0]'],
  ['a text that is hidden', '/Subtype /FreeText /F 2 /Contents (1000)'],
  ['a stamp in a state without a look', '/Subtype /Stamp /AS /Off /AP << /N << /Off 6 0 R >> >>', form('')],
])('viewers draw alike, or not at all: %s', (_what, entries, appearance?: Buffer) => {
  expect(find(annotated(entries, appearance))).toEqual({});
});

test('white that covers is something that is drawn', () => {
  const white = form('1 g 0 0 200 20 re f');
  expect(find(annotated('/Subtype /Stamp /F 36 /AP << /N 6 0 R >>', white))).toEqual({ 'annotations-differ': ['1:5'] });
});

test.each([
  ['appearances-differ', '/FT /Tx /V (1000)'],
  ['appearances-differ', '/FT /Ch /Opt [(a) (b)]'],
  ['appearances-differ', '/FT /Ch /Ff 131072 /I [0] /Opt [(a) (b)]'],
  ['appearances-differ', '/FT /Btn /Ff 65536 /MK << /CA (1000) >>'],
  ['appearances-differ', '/FT /Btn /V /Yes /AS /Yes'],
  ['appearances-differ', '/FT /Btn /Ff 32768 /V /Yes /AS /Off /AP << /N << /Yes 6 0 R >> >>'],
  ['need-appearances', '/FT /Tx /MK << /BG [1 1 1] >>'],
  ['need-appearances', '/FT /Btn /AS /Off /AP << /N << /Yes 6 0 R >> >> /MK << /BC [0] >>'],
  ['need-appearances', '/FT /Sig /MK << /BC [0] >>'],
  ['', '/FT /Tx'],
  ['', '/FT /Ch /Ff 131072 /Opt [(a) (b)]'],
  ['', '/FT /Btn /AS /Off /AP << /N << /Yes 6 0 R >> >> /MK << /CA (4) /BG [] >>'],
])('where viewers make up a field’s appearance it is told: %s of %s', (finding, entries) => {
  const found = find(annotated(`/Subtype /Widget /T (a) ${entries}`, red));
  expect(Object.keys(found).filter((name) => name !== 'fillable-fields')).toEqual(finding ? [finding] : []);
});

const inFont = '/Resources << /Font << /H << /Type /Font /Subtype /Type1 >> >> >>';
const says = (text: string, colour = ''): Buffer => form(`${colour} BT /H 9 Tf (${text}) Tj ET`, inFont);

/** An annotation that has looks under the pointer as well. */
const withLooks = (entries: string, looks: string, { normal = says('100'), flags = 4 } = {}): Objects => [
  page('/Annots [5 0 R]'),
  [5, `<< /F ${flags} /Rect [0 0 100 20] /AP << /N 6 0 R ${looks} >> ${entries} >>`],
  [6, normal],
  [7, says('999')],
  [8, says('100', '1 0 0 rg')],
  [9, form('% nothing')],
];
const button = '/Subtype /Widget /FT /Btn /T (a) /Ff 65536';

test.each([
  ['a stamp', withLooks('/Subtype /Stamp', '/R 7 0 R')],
  ['a stamp that is pressed', withLooks('/Subtype /Stamp', '/D 7 0 R')],
  ['a stamp that says the same, which may be drawn', withLooks('/Subtype /Stamp', '/R 8 0 R')],
  ['a stamp that is gone', withLooks('/Subtype /Stamp', '/R 9 0 R')],
  ['a field for text', withLooks('/Subtype /Widget /FT /Tx /Ff 1 /V (100)', '/R 7 0 R')],
  ['a button that says something else', withLooks(button, '/R 7 0 R')],
  ['a button that is not seen without', withLooks(button, '/R 7 0 R', { normal: form('') })],
  ['a note that says something else', withLooks('/Subtype /Text', '/R 7 0 R')],
  ['a box in its state', withLooks('/Subtype /Stamp /AS /On', '/R << /On 7 0 R >>')],
])('%s that is another one under the pointer differs', (_what, objects) => {
  expect(find(objects)['annotations-differ']).toEqual(['1:5']);
});

test.each([
  ['the same look', withLooks('/Subtype /Stamp', '/R 6 0 R /D 6 0 R')],
  ['a look that is not drawn, as itself', withLooks('/Subtype /Stamp', '/R 9 0 R', { normal: form('') })],
  ['a look of another state', withLooks('/Subtype /Stamp /AS /Off', '/R << /On 7 0 R >>')],
  ['another look of a button while it is pressed', withLooks(button, '/D 7 0 R')],
  ['other colours of a button', withLooks(button, '/R 8 0 R /D 8 0 R')],
  ['other colours of a note', withLooks('/Subtype /Text', '/R 8 0 R /D 8 0 R')],
  ['another look, and is hidden', withLooks('/Subtype /Stamp', '/R 7 0 R', { flags: 2 })],
])('an annotation with %s is the same under the pointer', (_what, objects) => {
  expect(find(objects)).toEqual({});
});

interface Field {
  value: string;
  shown?: string;
  needed?: boolean;
  kind?: string;
  font?: string;
}

const field = ({ value, shown, needed = true, kind = '/FT /Tx', font = '/Subtype /Type1' }: Field): Objects => [
  catalog(`/AcroForm << /Fields [5 0 R] /NeedAppearances ${needed} /DR << /Font << /H 7 0 R >> >> >>`),
  page('/Annots [5 0 R]'),
  [
    5,
    `<< /Subtype /Widget ${kind} /T (a) /V ${value} /F 4 /Rect [0 0 100 20] ${shown === undefined ? '' : '/AP << /N 6 0 R >>'} >>`,
  ],
  [6, form(`/Tx BMC BT /H 9 Tf ${shown ?? ''} ET EMC`)],
  [7, `<< /Type /Font ${font} >>`],
];
const read = (object: Field): string[] => Object.keys(find(field(object))).filter((name) => name !== 'fillable-fields');

test.each<[string, Field]>([
  ['another text', { value: '(1000)', shown: '(9000) Tj' }],
  ['an empty one', { value: '(1000)', shown: '' }],
  ['a text where there is no value', { value: '()', shown: '(9000) Tj' }],
  ['a picture', { value: '(1000)', shown: '/X Do' }],
  ['another choice', { value: '(a)', shown: '(dos) Tj', kind: '/FT /Ch /Ff 131072 /Opt [[(a) (uno)] [(b) (dos)]]' }],
  [
    'glyphs by another name',
    { value: '(1)', shown: '(1) Tj', font: '/Subtype /Type1 /Encoding << /Differences [49 /nine] >>' },
  ],
  ['a font that says nothing', { value: '(1)', shown: '<0031> Tj', font: '/Subtype /Type0 /Encoding /Identity-H' }],
])('a value whose appearance is %s differs where appearances are to be made anew, and else is told', (_what, own) => {
  expect(read(own)).toEqual(['appearances-differ', 'need-appearances']);
  expect(read({ ...own, needed: false })).toEqual(['values-differ']);
});

test('a value without an appearance is shown by some viewers, and by others not', () => {
  expect(read({ value: '(1000)' })).toEqual(['appearances-differ', 'need-appearances']);
  expect(read({ value: '(1000)', needed: false })).toEqual(['appearances-differ']);
});

test.each<[string, Field]>([
  ['the same', { value: '(1000 pesos)', shown: '[(10) -20 (00)] TJ T* (pesos) Tj' }],
  ['the same in UTF-16', { value: '<FEFF00F1>', shown: '(\\361) Tj' }],
  ['the chosen one', { value: '(b)', shown: '(dos) Tj', kind: '/FT /Ch /Ff 131072 /Opt [[(a) (uno)] [(b) (dos)]]' }],
  ['all that may be chosen', { value: '(b)', shown: '(a) Tj (b) Tj', kind: '/FT /Ch /Opt [(a) (b)]' }],
  ['that of a password', { value: '(secret)', shown: '(******) Tj', kind: '/FT /Tx /Ff 8192' }],
  ['empty, as the value', { value: '()', shown: '' }],
])('an appearance that is %s is no difference', (_what, own) => {
  expect(read(own)).toEqual(['need-appearances']);
  expect(read({ ...own, needed: false })).toEqual([]);
});

const box = (state: string, value: string): Objects => [
  catalog('/AcroForm << /Fields [5 0 R] >>'),
  page('/Annots [5 0 R]'),
  [
    5,
    `<< /Subtype /Widget /FT /Btn /Ff 1 /T (a) /V /${value} /AS /${state} /F 4 /Rect [0 0 9 9] /AP << /N << /Yes 6 0 R /Off 6 0 R >> >> >>`,
  ],
  [6, form('')],
];

test('a box that is not ticked as its value says differs', () => {
  expect(
    [box('Yes', 'Yes'), box('Off', 'Off'), box('Yes', 'Off'), box('Off', 'Yes')].map((own) => Object.keys(find(own))),
  ).toEqual([[], [], ['values-differ'], ['values-differ']]);
});

const ordinary: [string, Objects][] = [
  ['opens at a page', [catalog('/OpenAction [3 0 R /Fit]')]],
  ['opens at a page by an action', [catalog('/OpenAction << /S /GoTo /D [3 0 R /XYZ null null 1] >>')]],
  ['opens at its first page', [catalog('/OpenAction << /S /Named /N /FirstPage >>')]],
  [
    'has links',
    [
      page(
        '/Annots [<< /Subtype /Link /F 0 /Rect [0 0 9 9] /Border [0 0 1] /A << /S /URI /URI (https://a.example) >> >> << /Subtype /Link /Rect [0 0 9 9] /Dest [3 0 R /Fit] >>]',
      ),
    ],
  ],
  [
    'has an outline',
    [catalog('/Outlines << /First 5 0 R /Last 5 0 R >>'), [5, '<< /Title (a) /A << /S /GoTo /D [3 0 R /Fit] >> >>']],
  ],
  ['has a layer that everybody sees', layers(`/ON [5 0 R] /Order [5 0 R] ${events}`, states('ON', 'ON'))],
  ['has a layer without usage', layers('/AS [<< /Event /Print /Category [/Print] /OCGs [5 0 R] >>]')],
  [
    'has colours that stay as they are',
    [page('/Resources << /ExtGState << /A << /TR /Identity /TR2 /Default >> /B << /TR2 [/Identity /Default] >> >> >>')],
  ],
  [
    'has a mask that is turned round',
    [
      page('/Resources << /ExtGState << /A << /SMask << /S /Luminosity /G 5 0 R /TR 6 0 R >> >> >> >>'),
      [5, form('')],
      [6, '<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>'],
    ],
  ],
  ['has a stamp for screen and paper', annotation('/Subtype /Stamp /F 4')],
  ['has a hidden stamp', annotation('/Subtype /Stamp /F 2')],
  ['has a field that draws nothing', annotation('/Subtype /Widget /FT /Btn /Ff 65536 /F 0', '/Tx BMC EMC')],
  ['has a stamp without size', [page('/Annots [<< /Subtype /Stamp /Rect [0 0 0 0] /F 0 >>]')]],
  ['has a pop-up', [page('/Annots [<< /Subtype /Popup /Rect [0 0 9 9] /F 0 >>]')]],
  [
    'has fonts named JS and TR, and pages named P',
    [page('/Resources << /Font << /JS << /Type /Font >> /P << /Type /Font >> /TR << /Type /Font >> >> >>')],
  ],
  [
    'has compressed content',
    [
      page('/Contents 5 0 R'),
      [
        5,
        Buffer.concat([
          Buffer.from(`<< /Filter /FlateDecode /Length ${deflateSync('q Q').length} >>\nstream\n`),
          deflateSync('q Q'),
          Buffer.from('\nendstream'),
        ]),
      ],
    ],
  ],
];

test.each(ordinary)('a document that %s is ordinary', (_what, objects) => {
  expect(find(objects)).toEqual({});
});

test('what one should know of is told: a hidden layer, fields that anybody can fill in, what is done when clicked', () => {
  expect(find(layers('/OFF [5 0 R]'))).toEqual({ 'layers-hidden': ['-:5'] });
  expect(find(field({ value: '(a)', shown: '(a) Tj', needed: false }))).toEqual({ 'fillable-fields': ['1:5'] });
  expect(find(annotation('/Subtype /Widget /FT /Btn /T (a) /Ff 65536 /F 4 /A << /S /ResetForm >>'))).toEqual({
    action: ['1:5'],
  });
});

test('an object that cannot be read is told', () => {
  expect(
    find([page('/Resources << /XObject << /X 5 0 R >> >>'), [5, '<< /S /JavaScript /JS (x) /X 1.2.3 >>']]),
  ).toEqual({
    'unreadable-object': ['1:5'],
  });
});
