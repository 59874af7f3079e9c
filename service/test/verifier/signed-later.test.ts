import { expect, test } from 'vitest';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { inspect, withEntries } from '../fuzz/changes/document.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, covering, ends, valueOf, valueOverNothing } from './by-hand.ts';

/** A later revision that signs in a field that was there or in a new one, or fills one in, and differs by one entry. */

const look = (content: string, entries = ''): string =>
  streamOf(content, `/Type /XObject /Subtype /Form /BBox [0 0 180 60] ${entries}`);

const sigWidget = '/Type /Annot /Subtype /Widget /FT /Sig /F 132';
const base: Record<number, string> = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots 7 0 R >>',
  4: streamOf('BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET'),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  6: '<< /Fields [10 0 R 11 0 R 13 0 R 14 0 R 15 0 R 16 0 R 19 0 R 20 0 R 21 0 R 24 0 R] /DA (/F1 9 Tf 0 g) >>',
  7: '[10 0 R 12 0 R 13 0 R 14 0 R 15 0 R 17 0 R 18 0 R 19 0 R 20 0 R 22 0 R 23 0 R 24 0 R]',
  8: look('0 0 1 rg 0 0 9 9 re f'),
  9: look(''),
  10: `<< ${sigWidget} /T (empty) /P 3 0 R /Rect [320 300 500 360] >>`,
  11: '<< /FT /Sig /T (apart) /Kids [12 0 R] >>',
  12: '<< /Type /Annot /Subtype /Widget /F 132 /Parent 11 0 R /Rect [320 200 500 260] >>',
  13: `<< ${sigWidget} /T (closed) /Ff 1 /P 3 0 R /Rect [320 100 500 160] >>`,
  14: `<< ${sigWidget} /T (drawn) /Rect [100 300 280 360] /AP << /N 9 0 R /R 8 0 R >> >>`,
  15: '<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (choice) /F 4 /Opt [(a) (b)] /V (a) /Rect [100 250 280 270] >>',
  16: '<< /FT /Btn /Ff 32768 /T (radio) /V /Off /Kids [17 0 R 18 0 R] >>',
  17: '<< /Type /Annot /Subtype /Widget /F 4 /Parent 16 0 R /AS /Off /Rect [100 200 110 210] /AP << /N << /A 8 0 R /Off 9 0 R >> >> >>',
  18: '<< /Type /Annot /Subtype /Widget /F 4 /Parent 16 0 R /AS /Off /Rect [120 200 130 210] /AP << /N << /B 8 0 R /Off 9 0 R >> >> >>',
  19: '<< /Subtype /Widget /FT /Tx /T (plain) /F 4 /Rect [100 150 280 170] >>',
  20: '<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 2097152 /T (list) /F 4 /Opt [(a) (b)] /V [(a)] /Rect [100 100 280 140] >>',
  21: '<< /FT /Btn /Ff 32768 /T (ticked) /V /A /Kids [22 0 R 23 0 R] >>',
  22: '<< /Type /Annot /Subtype /Widget /F 4 /Parent 21 0 R /AS /A /Rect [140 200 150 210] /AP << /N << /A 8 0 R /Off 9 0 R >> >> >>',
  23: '<< /Type /Annot /Subtype /Widget /F 4 /Parent 21 0 R /AS /Off /Rect [160 200 170 210] /AP << /N << /B 8 0 R /Off 9 0 R >> >> >>',
  24: `<< ${sigWidget} /T (unseen) /P 3 0 R /Rect [0 0 0 0] >>`,
};

const signing = await startEmbeddedSigning();
const document = withTable(Object.entries(base).map(([number, body]): [number, string] => [Number(number), body]));
const { document: once } = await signing.provider.sign(createOrder(new Uint8Array(document)));
signing.stop();
const { next, field, file } = inspect(once);
const { from, until, length } = ends;

interface Judged {
  allowed: boolean | null | undefined;
  kinds: string[];
  /** What is not allowed, by its path. */
  told: string[];
}

const judge = async (objects: Record<number, string>): Promise<Judged> => {
  const pdf = new Uint8Array(cover(appendUpdate(once, { objects })));
  const { fault, signatures } = await verifyDocument({ document: pdf, now: new Date() }, nodePorts);
  // What readers may take for another value altogether is no document to any of them.
  if (fault) return { allowed: false, kinds: [], told: [fault] };
  const first = signatures.find(({ field }) => field.startsWith('tu-esign'));
  return {
    allowed: first!.findings.laterChangesAllowed,
    kinds: first!.changes.map(({ kind, allowed }) => `${allowed ? '' : 'not '}${kind}`),
    told: first!.changes.flatMap(({ path, detail, allowed }) => (allowed ? [] : [`${path}: ${detail}`])),
  };
};

const objectOf = (number: number): PdfObject => file.objects.lookup(file.objects.ref(number))!;

/** An object of the base with entries instead of its own; what is `''` is left out. */
const withKeys = (number: number, entries: Record<string, string>): string =>
  withEntries(
    objectOf(number) as PdfDict,
    Object.fromEntries(Object.entries(entries).map(([key, text]) => [key, text || undefined])),
  );

const [value, drawn, more] = [next, next + 1, next + 2];
const seen = '0 g BT /F1 9 Tf (signed) Tj ET';
const signedParts = { [value]: valueOf(covering), [drawn]: look(seen, '/Resources << /Font << /F1 5 0 R >> >>') };
const signed = (number: number, entries: Record<string, string> = {}, others: Record<number, string> = {}) => ({
  [number]: withKeys(number, { V: `${value} 0 R`, AP: `<< /N ${drawn} 0 R >>`, ...entries }),
  ...signedParts,
  ...others,
});

/** What is told first, by the name of the case: where it is, and why. */
const reasons: Readonly<Record<string, string>> = {
  'has an icon beside what is plain': 'Root/AcroForm/Fields[0]/MK: it is no plain value',
  'has a value that was something else': 'Root/AcroForm/Fields[0]/V: its value was there before',
  'that is none of its own': 'Root/AcroForm/Fields[11]: it is no new field',
  'that was there as something else': 'Root/AcroForm/Fields[11]: it is no new field',
  'beside another of its name': 'Root/AcroForm/Fields[12]: there is a field of that name',
  'is read-only': 'Root/AcroForm/Fields[2]/V: it is read-only',
  'gets other flags': 'Root/AcroForm/Fields[0]/Ff: its flags were changed',
  'gets flags beside read-only': 'Root/AcroForm/Fields[0]/Ff: its flags were changed',
  'is hidden': 'Root/AcroForm/Fields[0]/F: its flags were changed',
  'is no longer printed': 'Root/AcroForm/Fields[0]/F: its flags were changed',
  'is on another page': 'Root/AcroForm/Fields[0]/P: it is on another page',
  'is on a page that was not there': 'Root/AcroForm/Fields[3]/P: it is on another page',
  'is on a page of its own': 'Root/AcroForm/Fields[3]/P: it is on another page',
  moves: 'Root/AcroForm/Fields[0]/Rect: /Rect was changed',
  'is renamed': 'Root/AcroForm/Fields[0]/T: /T was changed',
  'gets kids': 'Root/AcroForm/Fields[0]/Kids: it has kids now',
  acts: 'Root/AcroForm/Fields[0]/A: /A was added',
  'has an icon': 'Root/AcroForm/Fields[0]/MK: it is no plain value',
  'has an icon within a list': 'Root/AcroForm/Fields[0]/MK: it is no plain value',
  'has several looks': 'Root/AcroForm/Fields[0]/AP: it has several appearances',
  'has another look under the pointer': 'Root/AcroForm/Fields[3]/AP: it has several appearances',
  'is no longer drawn': 'Root/AcroForm/Fields[3]/AP: its appearance was removed',
  'is drawn by a picture': 'Root/AcroForm/Fields[0]/AP/N: the appearance is no form XObject',
  'is drawn larger than it is': 'Root/AcroForm/Fields[0]/AP/N: the appearance is larger than its rectangle',
  'says a text': 'Root/AcroForm/Fields[0]/V: its value is no signature',
  'has a value that was there': 'document-damaged',
  'covers less than the file': 'Root/AcroForm/Fields[0]/V: its value is no signature over this revision',
  'covers not its beginning': 'Root/AcroForm/Fields[0]/V: its value is no signature over this revision',
  'covers all from elsewhere': 'Root/AcroForm/Fields[0]/V: its value is no signature over this revision',
  'covers nothing': 'Root/AcroForm/Fields[0]/V: its value is no signature over this revision',
  'has a gap that goes beyond it': 'Root/AcroForm/Fields[0]/V: its value is no signature over this revision',
  'that acts': 'Root/AcroForm/Fields[11]: /A is not allowed in a new field',
  'for text': 'Root/AcroForm/Fields[11]: it is no signature field',
  'without a name': 'Root/AcroForm/Fields[11]: it has no name of its own',
  'within another one by its name': 'Root/AcroForm/Fields[11]: it has no name of its own',
  'of a name that is there': 'Root/AcroForm/Fields[11]: there is a field of that name',
  'of a name that stands apart': 'Root/AcroForm/Fields[11]: there is a field of that name',
  'that is another annotation': 'Root/AcroForm/Fields[11]: its place is no widget',
  'of no kind, drawn': 'Root/AcroForm/Fields[11]: its place is no widget',
  'of another type': 'Root/AcroForm/Fields[11]: its place is no widget',
  'whose kind is no name': 'Root/AcroForm/Fields[11]: its place is no widget',
  'of several looks': 'Root/AcroForm/Fields[11]/AP/R: it has several appearances',
  'empty and drawn': 'Root/AcroForm/Fields[11]: it is not signed, and shows something',
  'empty with a look of its own': 'Root/AcroForm/Fields[11]: it is not signed, and shows something',
  'over text, drawn': 'Root/AcroForm/Fields[11]: it lies over text that was there',
  'over text, with a look of its own': 'Root/AcroForm/Fields[11]: it lies over text that was there',
  'over most of the page': 'Root/AcroForm/Fields[11]: it covers most of the page',
  'over another field': 'Root/AcroForm/Fields[11]: it lies over text that was there',
  'whose value is none': 'Root/AcroForm/Fields[11]/V: its value is no signature',
  'of an earlier value': 'document-damaged',
  'that covers less': 'Root/AcroForm/Fields[11]/V: its value is no signature over this revision',
  'that is shown twice': 'Root/AcroForm/Fields[11]: it is shown in several places',
  'with two widgets': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget of another': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget that has a name': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget that has a value': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget that acts': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget that has kids': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget that was there': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'with a widget within itself': 'Root/AcroForm/Fields[11]: it has not one widget of its own',
  'a number as a choice': 'Root/AcroForm/Fields[4]/V: its value is none of such a field',
  'a list with a number': 'Root/AcroForm/Fields[7]/V: its value is none of such a field',
  'a text for a button': 'Root/AcroForm/Fields[5]/V: its value is none of such a field',
  'a list as a text': 'Root/AcroForm/Fields[6]/V: its value is none of such a field',
  'a number that is a dictionary': 'Root/AcroForm/Fields[7]/I: it is no plain value',
  'a time that is a reference': 'Root/AcroForm/Fields[6]/M: it is no plain value',
  'a look that is a name': 'Root/AcroForm/Fields[6]/DA: it is no plain value',
  'another type': 'Root/AcroForm/Fields[6]/Type: its type was changed',
  'no type': 'Root/AcroForm/Fields[4]/Type: its type was changed',
  'one radio button’s value and another’s look': 'Root/AcroForm/Fields[5]: it shows another state than its value',
  'a radio button’s value that none shows': 'Root/AcroForm/Fields[5]: it shows another state than its value',
  'a radio button’s look alone': 'Root/AcroForm/Fields[5]/Kids[0]/AS: it shows another state than its value',
  'a radio button that looks taken back': 'Root/AcroForm/Fields[8]/Kids[0]/AS: it shows another state than its value',
  'a radio button that stays beside another': 'Root/AcroForm/Fields[8]: it shows another state than its value',
  'a state that it has not': 'Root/AcroForm/Fields[5]/Kids[0]/AS: it has no appearance of such a state',
  'a state that is none': 'Root/AcroForm/Fields[5]: it shows another state than its value',
  'flags beside read-only': 'Root/AcroForm/Fields[6]/Ff: its flags were changed',
  'other flags': 'Root/AcroForm/Fields[6]/Ff: its flags were changed',
  'flags that are none': 'Root/AcroForm/Fields[6]/Ff: its flags were changed',
  'a look without a value': 'Root/AcroForm/Fields[6]/AP/N: it is drawn anew, and its value is what it was',
  'rich text that is a dictionary': 'Root/AcroForm/Fields[6]/RV: its rich text is none, or says something else',
  'more choices': 'Root/AcroForm/Fields[4]/Opt: /Opt was changed',
};

const expectTold = async (name: string, objects: Record<number, string>): Promise<void> => {
  const { allowed, told } = await judge(objects);
  expect([allowed, told[0]]).toEqual([false, reasons[name]]);
};

const allowedInField: [string, Record<number, string>][] = [
  ['and is drawn', signed(10)],
  ['and is made read-only', signed(10, { Ff: '1' })],
  ['and is locked as an annotation', signed(10, { F: '644' })],
  ['and says when', signed(10, { M: '(D:20260101)' })],
  [
    'and has a look of its own',
    signed(10, { MK: '<< /BG [1 1 1] /CA (x) >>', BS: '<< /W 1 >>', Border: '[0 0 1]', DA: '(/F1 9 Tf)' }),
  ],
  ['by a value of its own', { ...signed(10, { V: valueOf(covering) }), [value]: '<< >>' }],
  ['that had no page', signed(14, { P: '3 0 R', AP: `<< /N ${drawn} 0 R /R 8 0 R >>` })],
  ['and has no look', { ...signed(10, { AP: '<< >>' }), [drawn]: '' }],
  [
    'by a value that says more',
    signed(10, {}, { [value]: valueOf(covering, `/Prop_Build ${more} 0 R`), [more]: '<< /App 1 >>' }),
  ],
  ['whose look stays', { ...signed(14, { AP: '<< /N 9 0 R /R 8 0 R >>' }), [drawn]: '' }],
];

const withoutEmpty = (objects: Record<number, string>): Record<number, string> =>
  Object.fromEntries(Object.entries(objects).filter(([, body]) => body !== '' && body !== '<< >>'));

test.each(allowedInField)('a field that was there is signed %s', async (_, objects) => {
  expect(await judge(withoutEmpty(objects))).toEqual({ allowed: true, kinds: ['signature'], told: [] });
});

const asTimeStamp = valueOf(covering).replace('ETSI.CAdES.detached', 'ETSI.RFC3161');

test('a time-stamp in a field that was there is one where it is not seen', async () => {
  const unseen = { ...signed(24, { AP: '' }, { [value]: asTimeStamp }), [drawn]: '' };
  expect(await judge(withoutEmpty(unseen))).toEqual({ allowed: true, kinds: ['time-stamp'], told: [] });
  expect((await judge(signed(10, {}, { [value]: asTimeStamp }))).kinds).toEqual(['signature']);
});

test('a field whose widget stands apart is signed, and drawn there', async () => {
  const kid = { [12]: withKeys(12, { AP: `<< /N ${drawn} 0 R >>` }) };
  expect(await judge({ 11: withKeys(11, { V: `${value} 0 R` }), ...kid, ...signedParts })).toMatchObject({
    allowed: true,
  });
});

test.each<[string, Record<number, string>]>([
  ['is read-only', signed(13)],
  ['gets other flags', signed(10, { Ff: '2' })],
  ['gets flags beside read-only', signed(10, { Ff: '3' })],
  ['is hidden', signed(10, { F: '134' })],
  ['is no longer printed', signed(10, { F: '128' })],
  ['is on another page', signed(10, { P: '2 0 R' })],
  [
    'is on a page that was not there',
    signed(14, { P: `${more} 0 R`, AP: '<< /N 9 0 R /R 8 0 R >>' }, { [more]: '<< /Type /Page >>' }),
  ],
  ['is on a page of its own', signed(14, { P: '<< /Type /Page >>' })],
  ['moves', signed(10, { Rect: '[72 690 400 730]' })],
  ['is renamed', signed(10, { T: '(other)' })],
  ['gets kids', signed(10, { Kids: '[]' })],
  ['acts', signed(10, { A: '<< /S /URI /URI (a:b) >>' })],
  ['has an icon', signed(10, { MK: `<< /I ${more} 0 R >>` }, { [more]: look('0 0 9 9 re f') })],
  ['has an icon within a list', signed(10, { MK: `<< /I [${more} 0 R] >>` }, { [more]: look('0 0 9 9 re f') })],
  [
    'has an icon beside what is plain',
    signed(10, { MK: `<< /CA (x) /I [1 ${more} 0 R] >>` }, { [more]: look('0 0 9 9 re f') }),
  ],
  ['has a value that was something else', signed(10, { V: '6 0 R' }, { [value]: '' })],
  ['has several looks', signed(10, { AP: `<< /N ${drawn} 0 R /D ${drawn} 0 R >>` })],
  ['has another look under the pointer', signed(14, { AP: `<< /N ${drawn} 0 R /R ${drawn} 0 R >>` })],
  ['is no longer drawn', signed(14, { AP: '' })],
  ['is drawn by a picture', signed(10, {}, { [drawn]: streamOf('', '/Type /XObject /Subtype /Image') })],
  ['is drawn larger than it is', signed(10, {}, { [drawn]: look(seen).replace('180 60', '1800 600') })],
  ['says a text', signed(10, { V: '(signed)' })],
  ['has a value that was there', signed(10, { V: field.dict.get('V')!.toString() })],
  ['covers less than the file', signed(10, {}, { [value]: valueOf(`0 ${from} ${until} 9`) })],
  ['covers not its beginning', signed(10, {}, { [value]: valueOf(`9 ${from} ${until} ${length}`) })],
  ['covers all from elsewhere', signed(10, {}, { [value]: valueOf(`0 9 99 9999999`) })],
  ['covers nothing', signed(10, {}, { [value]: valueOverNothing })],
  ['has a gap that goes beyond it', signed(10, {}, { [value]: valueOf(`0 ${from} 9999999 ${length}`) })],
])('a field that was there and %s is not signed as it may be', async (name, objects) => {
  await expectTold(name, withoutEmpty(objects));
});

/** A new field: in the form, on the page, and signed. */
const added = (entries: Record<string, string> = {}, others: Record<number, string> = {}) => {
  const all: Record<string, string> = {
    Type: '/Annot',
    Subtype: '/Widget',
    FT: '/Sig',
    T: '(new)',
    F: '132',
    P: '3 0 R',
    Rect: '[320 500 500 560]',
    V: `${value} 0 R`,
    AP: `<< /N ${drawn} 0 R >>`,
    ...entries,
  };
  const written = Object.entries(all).flatMap(([key, own]) => (own ? [`/${key} ${own}`] : []));
  const fields = (objectOf(6) as PdfDict).get('Fields')!.toString();
  const annotations = objectOf(7).toString();
  const list = (text: string): string => text.replace(/\]$/, `${more} 0 R ]`);
  return withoutEmpty({
    6: withKeys(6, { Fields: list(fields) }),
    7: list(annotations),
    [more]: `<< ${written.join(' ')} >>`,
    ...signedParts,
    ...(all['V'] ? {} : { [value]: '' }),
    ...(all['AP'] ? {} : { [drawn]: '' }),
    ...others,
  });
};
const kid = more + 1;
const kidOf = (entries: string, parent = `${more} 0 R`): Record<number, string> => ({
  7: added()[7]!.replace(`${more} 0 R`, `${kid} 0 R`),
  [kid]: `<< /Type /Annot /Subtype /Widget /Parent ${parent} /F 132 /P 3 0 R /Rect [320 500 500 560] /AP << /N ${drawn} 0 R >> ${entries} >>`,
});
const apart = { Type: '', Subtype: '', F: '', P: '', Rect: '', AP: `<< /N ${drawn} 0 R >>`, Kids: `[${kid} 0 R]` };
const fieldAlone = { ...apart, AP: '' };

test.each<[string, Record<number, string>, string[]]>([
  ['signed', added(), ['signature']],
  ['signed and locked', added({ Lock: '<< /Type /SigFieldLock /Action /All >>' }), ['signature']],
  ['signed, with a widget apart', added(fieldAlone, { ...kidOf(''), [drawn]: signedParts[drawn]! }), ['signature']],
  ['signed and not seen', added({ Rect: '[0 0 0 0]', AP: '' }), ['signature']],
  ['signed over text, and not drawn', added({ Rect: '[70 690 300 730]', AP: '' }), ['signature']],
  [
    'of a time-stamp',
    added({ Rect: '[0 0 0 0]', AP: '' }, { [value]: valueOf(covering).replace('ETSI.CAdES.detached', 'ETSI.RFC3161') }),
    ['time-stamp'],
  ],
  [
    'of a time-stamp that is seen',
    added({}, { [value]: valueOf(covering).replace('ETSI.CAdES.detached', 'ETSI.RFC3161') }),
    ['signature'],
  ],
  ['empty and not drawn', added({ V: '', AP: '' }), ['empty-signature-field']],
  ['empty, whose look is nothing', added({ V: '' }, { [drawn]: look('% nothing') }), ['empty-signature-field']],
  [
    'empty and not seen, that says nothing of being a widget',
    added({ V: '', AP: '', Type: '', Subtype: '', Rect: '[0 0 0 0]' }),
    ['empty-signature-field'],
  ],
])('a new field is %s', async (_, objects, kinds) => {
  expect(await judge(objects)).toEqual({ allowed: true, kinds, told: [] });
});

const parts: [key: string, text: string][] = [
  ['Lock', '<< /Type /SigFieldLock /Action /All >>'],
  ['SV', '<< /Type /SV >>'],
  ['MK', '<< /BG [1 1 1] >>'],
  ['DR', '<< /Font << >> >>'],
  ['BS', '<< /W 1 >>'],
  ['Border', '[0 0 1]'],
  ['TU', '(What it is for)'],
  ['Rect', '[320 500 500 560]'],
  ['AP', `<< /N ${drawn} 0 R >>`],
];

test.each(parts)('of a new field /%s may stand apart', async (key, body) => {
  const objects = added({ [key]: `${kid} 0 R` }, { [kid]: body });
  expect(await judge(objects)).toEqual({ allowed: true, kinds: ['signature'], told: [] });
});

/** A form with one more field, whatever it is. */
const withField = (member: string): Record<number, string> => {
  const objects = added();
  const form = objects[6]!.replace(`${more} 0 R ]`, `${member} ]`);
  return { 6: form };
};

test.each<[string, Record<number, string>]>([
  ['that is none of its own', withField('<< /FT /Sig /T (x) >>')],
  ['that was there as something else', withField('3 0 R')],
  [
    'beside another of its name',
    {
      ...added(),
      6: added()[6]!.replace(`${more} 0 R ]`, `${more} 0 R ${kid} 0 R ]`),
      [kid]: `<< ${sigWidget} /T (new) /Rect [0 0 0 0] >>`,
    },
  ],
  ['that acts', added({ A: '<< /S /URI /URI (a:b) >>' })],
  ['for text', added({ FT: '/Tx', V: '(x)' }, { [value]: '' })],
  ['without a name', added({ T: '' })],
  ['within another one by its name', added({ T: '(a.b)' })],
  ['of a name that is there', added({ T: '(empty)' })],
  ['of a name that stands apart', added({ T: '(apart)' })],
  ['that is another annotation', added({ Subtype: '/Square' })],
  ['of no kind, drawn', added({ Subtype: '' })],
  ['of another type', added({ Type: '/Page' })],
  ['whose kind is no name', added({ Subtype: '(Widget)' })],
  ['of several looks', added({ AP: `<< /N ${drawn} 0 R /R ${drawn} 0 R >>` })],
  ['empty and drawn', added({ V: '' })],
  ['empty with a look of its own', added({ V: '', AP: '', MK: '<< /BG [1 1 1] >>' })],
  ['over text, drawn', added({ Rect: '[70 690 300 730]' })],
  ['over text, with a look of its own', added({ Rect: '[70 690 300 730]', AP: '', MK: '<< /BG [1 1 1] >>' })],
  ['over most of the page', added({ Rect: '[0 0 612 680]' })],
  ['over another field', added({ Rect: '[90 90 290 145]' })],
  ['whose value is none', added({ V: '(x)' }, { [value]: '' })],
  ['of an earlier value', added({ V: field.dict.get('V')!.toString() }, { [value]: '' })],
  ['that covers less', added({}, { [value]: valueOf(`0 ${from} ${until} 9`) })],
  ['that is shown twice', added({}, { 7: added()[7]!.replace(/\]$/, `${more} 0 R ]`) })],
  ['with two widgets', added({ ...fieldAlone, Kids: `[${kid} 0 R ${kid} 0 R]` }, kidOf(''))],
  ['with a widget of another', added(fieldAlone, kidOf('', '10 0 R'))],
  ['with a widget that has a name', added(fieldAlone, kidOf('/T (x)'))],
  ['with a widget that has a value', added(fieldAlone, kidOf(`/V ${value} 0 R`))],
  ['with a widget that acts', added(fieldAlone, kidOf('/A << /S /URI /URI (a:b) >>'))],
  ['with a widget that has kids', added(fieldAlone, kidOf('/Kids []'))],
  ['with a widget that was there', added({ ...fieldAlone, Kids: '[12 0 R]' })],
  ['with a widget within itself', added({ ...fieldAlone, Kids: '[<< /Subtype /Widget >>]' })],
])('a new field %s is told', async (name, objects) => {
  await expectTold(name, objects);
});

const filled = (number: number, entries: Record<string, string>, others: Record<number, string> = {}) => ({
  [number]: withKeys(number, entries),
  ...others,
});
const text = (words: string): string =>
  look(`BT /F1 9 Tf (${words}) Tj ET`, '/Resources << /Font << /F1 5 0 R >> >>').replace('180 60', '180 20');

test.each<[string, Record<number, string>]>([
  ['another choice', filled(15, { V: '(b)' })],
  ['another choice by its number', filled(15, { V: '(b)', I: '[1]' })],
  ['several of a list', filled(20, { V: '[(a) (b)]', I: '[0 1]', TI: '1' })],
  ['a list that is emptied', filled(20, { V: '' })],
  ['a radio button', { 16: withKeys(16, { V: '/A' }), 17: withKeys(17, { AS: '/A' }) }],
  [
    'another radio button',
    { 21: withKeys(21, { V: '/B' }), 22: withKeys(22, { AS: '/Off' }), 23: withKeys(23, { AS: '/B' }) },
  ],
  ['a radio button that is taken back', { 21: withKeys(21, { V: '/Off' }), 22: withKeys(22, { AS: '/Off' }) }],
  ['a text, its type and time', filled(19, { V: '(x)', Type: '/Annot', M: '(D:2026)' })],
  ['a text in another look', filled(19, { V: '(x)', DA: '(/F1 12 Tf 0 g)', Q: '1' })],
  ['a text that is drawn', filled(19, { V: '(x)', AP: `<< /N ${drawn} 0 R >>` }, { [drawn]: text('x') })],
  ['a text, and is locked', filled(19, { V: '(x)', Ff: '1' })],
])('a form is filled in: %s', async (_, objects) => {
  const { allowed, kinds } = await judge(objects);
  expect([allowed, kinds.includes('field-filled')]).toEqual([true, true]);
});

test('a field that is locked and not filled in says so alone', async () => {
  expect(await judge(filled(19, { Ff: '1' }))).toEqual({ allowed: true, kinds: ['field-locked'], told: [] });
});

test.each<[string, Record<number, string>]>([
  ['a number as a choice', filled(15, { V: '1' })],
  ['a list with a number', filled(20, { V: '[(a) 1]' })],
  ['a text for a button', { 16: withKeys(16, { V: '(A)' }), 17: withKeys(17, { AS: '/A' }) }],
  ['a list as a text', filled(19, { V: '[(x)]' })],
  ['a number that is a dictionary', filled(20, { V: '[(b)]', I: '<< >>' })],
  ['a time that is a reference', filled(19, { V: '(x)', M: `${drawn} 0 R` }, { [drawn]: '(D:2026)' })],
  ['a look that is a name', filled(19, { V: '(x)', DA: '/x' })],
  ['another type', filled(19, { V: '(x)', Type: '/Page' })],
  ['no type', filled(15, { V: '(b)', Type: '' })],
  ['one radio button’s value and another’s look', { 16: withKeys(16, { V: '/A' }), 18: withKeys(18, { AS: '/B' }) }],
  ['a radio button’s value that none shows', { 16: withKeys(16, { V: '/A' }) }],
  ['a radio button’s look alone', { 17: withKeys(17, { AS: '/A' }) }],
  ['a radio button that looks taken back', { 22: withKeys(22, { AS: '/Off' }) }],
  ['a radio button that stays beside another', { 21: withKeys(21, { V: '/B' }), 23: withKeys(23, { AS: '/B' }) }],
  ['a state that it has not', { 16: withKeys(16, { V: '/B' }), 17: withKeys(17, { AS: '/B' }) }],
  ['a state that is none', { 16: withKeys(16, { V: '/A' }), 17: withKeys(17, { AS: '(A)' }) }],
  ['flags beside read-only', filled(19, { V: '(x)', Ff: '3' })],
  ['other flags', filled(19, { V: '(x)', Ff: '2' })],
  ['flags that are none', filled(19, { V: '(x)', Ff: '/x' })],
  ['a look without a value', filled(19, { AP: `<< /N ${drawn} 0 R >>` }, { [drawn]: text('x') })],
  ['rich text that is a dictionary', filled(19, { V: '(x)', RV: '<< >>' })],
  ['more choices', filled(15, { V: '(b)', Opt: '[(a) (b) (c)]' })],
])('what is no filling in: %s', async (name, objects) => {
  await expectTold(name, objects);
});
