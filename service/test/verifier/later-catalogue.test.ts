import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf, type Update } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';

/** What is above the pages, after a signature: what is said of the document, what proves it, and its form. */

type Objects = Record<number, string>;

const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Metadata 9 0 R /Version /1.6 /Extensions 12 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [10 0 R 11 0 R] >>',
  5: '<< /Producer (x) >>',
  6: '<< /Fields [10 0 R 11 0 R] /SigFlags 1 /DR << /Font << /F1 7 0 R >> >> /DA (/F1 9 Tf) >>',
  7: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  9: streamOf('x', '/Type /Metadata /Subtype /XML'),
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /DA (/F2 9 Tf /F#33 9 Tf /ZaDb 9 Tf) /F 4 /Rect [72 600 200 620] >>',
  12: '<< /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>',
  13: streamOf('certificate'),
};
const write = (objects: Objects): Buffer =>
  withTable(
    Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]),
    '/Info 5 0 R /ID [(a) (b)]',
  );

const altered = (number: number, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number]!.replace(from, to) };
};
const formless: Objects = { ...original, ...altered(1, '/AcroForm 6 0 R', ''), ...altered(3, '10 0 R 11 0 R', '') };
/** Of which nothing is said. */
const unsaid: Objects = Object.fromEntries(Object.entries(original).filter(([number]) => number !== '5'));
const stored = (store: string): Objects => altered(1, '/Version', `/DSS ${store} /Version`);
const withStore = (store: string): Objects => ({ ...original, ...stored(store) });

const listedApart: Objects = { ...withStore('<< /Type /DSS /Certs 40 0 R >>'), 40: '[13 0 R]' };

const toldOf = (base: Objects, update: Update): string[] => {
  const signed = write(base);
  const { changes } = judgeLaterChanges(open(appendUpdate(signed, update)), [signed.length], nodePorts).get(
    signed.length,
  )!;
  return changes.map(({ kind, path, detail, allowed }) => `${allowed ? kind : 'no'} at ${path}: ${detail}`);
};
const certificate = { 20: streamOf('another') };
const digest = 'A'.repeat(40);
const font = (name: string, entries = ''): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} ${entries} >>`;
const withFont = (body: string, name = 'F2'): Objects => ({
  ...altered(6, '/F1 7 0 R', `/F1 7 0 R /${name} 20 0 R`),
  20: body,
});

test.each<[string, Objects, Update, string[]]>([
  ['another producer', original, { objects: { 5: '<< /Producer (y) >>' } }, ['metadata at Info: undefined']],
  [
    'another time and a number',
    original,
    { objects: { 5: '<< /Producer (x) /ModDate (D:2026) /N 1 /Trapped /False >>' } },
    ['metadata at Info: undefined'],
  ],
  [
    'another dictionary of it',
    original,
    { objects: { 20: '<< /Producer (y) >>' }, trailer: { Info: '20 0 R' } },
    ['metadata at Info: undefined'],
  ],
  [
    'what nothing was said of',
    unsaid,
    { objects: { 20: '<< /Producer (y) >>' }, trailer: { Info: '20 0 R' } },
    ['metadata at Info: undefined'],
  ],
  ['none of it', original, { trailer: { Info: undefined } }, ['metadata at Info: undefined']],
  [
    'a list that was there',
    { ...original, 5: '<< /X [1] >>' },
    { objects: { 5: '<< /X [1] /Producer (y) >>' } },
    ['metadata at Info: undefined'],
  ],
  [
    'other metadata',
    original,
    { objects: { 9: streamOf('y', '/Type /Metadata /Subtype /XML') } },
    ['metadata at Root/Metadata: undefined'],
  ],
  ['no metadata', original, { objects: altered(1, '/Metadata 9 0 R', '') }, ['metadata at Root/Metadata: undefined']],
  ['another version', original, { objects: altered(1, '/1.6', '/2.0') }, ['metadata at Root/Version: undefined']],
  [
    'other extensions',
    original,
    { objects: { 12: '<< /ISO_ [<< /BaseVersion /2.0 /URL (x) >>] >>' } },
    ['metadata at Root/Extensions: undefined'],
  ],
  [
    'no extensions',
    original,
    { objects: altered(1, '/Extensions 12 0 R', '') },
    ['metadata at Root/Extensions: undefined'],
  ],
  [
    'another version of what a signature refers to',
    {
      ...original,
      ...altered(10, '/Type /Sig', '/Type /Sig /Reference [<< /TransformMethod /Identity /Data 1 0 R >>]'),
    },
    { objects: altered(1, '/1.6', '/2.0') },
    ['metadata at Root/Version: undefined'],
  ],
  ['another identifier', original, { trailer: { ID: '[(a) <00>]' } }, []],
  ['no identifier', original, { trailer: { ID: undefined } }, []],
  [
    'a store',
    original,
    { objects: { ...stored('<< /Type /DSS /Certs [20 0 R 13 0 R] /CRLs [] /OCSPs [20 0 R] >>'), ...certificate } },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store of one signature',
    original,
    {
      objects: {
        ...stored(
          `<< /VRI << /Type /VRI /${digest} << /Type /VRI /Cert [20 0 R] /CRL [20 0 R] /OCSP [20 0 R] /TU (D:2026) /TS 20 0 R >> >> >>`,
        ),
        ...certificate,
      },
    },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'one more in a store',
    withStore('<< /Certs [13 0 R] >>'),
    { objects: { ...stored('<< /Certs [13 0 R 20 0 R] >>'), ...certificate } },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'one less in a store',
    withStore('<< /Certs [13 0 R] >>'),
    { objects: stored('<< >>') },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store that says nothing of its type',
    withStore('<< /Type /DSS >>'),
    { objects: stored('<< >>') },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store whose digest was none before',
    withStore('<< /VRI << /x << >> >> >>'),
    { objects: { ...stored('<< /VRI << /x << >> >> /Certs [20 0 R] >>'), ...certificate } },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store without what was of one signature',
    withStore(`<< /VRI << /${digest} << /Cert [13 0 R] >> >> >>`),
    { objects: stored('<< >>') },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'one more in a list that stands apart',
    listedApart,
    { objects: { 40: '[13 0 R 20 0 R]', ...certificate } },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'other metadata beside a store',
    listedApart,
    { objects: { 9: streamOf('y', '/Type /Metadata /Subtype /XML') } },
    ['metadata at Root/Metadata: undefined'],
  ],
  [
    'no store',
    withStore('<< /Certs [13 0 R] >>'),
    { objects: { 1: original[1]! } },
    ['long-term-data at Root/DSS: undefined'],
  ],
  [
    'the same, in a file of the same size',
    original,
    { objects: { 5: '<< /Producer (x) >>' }, trailer: { Size: '12' } },
    [],
  ],
  [
    'a form',
    formless,
    { objects: { ...formless, 1: original[1]!, 6: '<< /Fields [] /DA (/F1 9 Tf) /Q 1 /SigFlags 3 >>' } },
    [],
  ],
  [
    'a form without a list of fields that was empty',
    { ...formless, 1: original[1]!, 6: '<< /Fields [] >>' },
    { objects: { 6: '<< /SigFlags 3 >>' } },
    [],
  ],
  [
    'what is said beside a field that is none',
    { ...original, ...altered(6, '11 0 R]', '11 0 R 13 0 R]') },
    { objects: { 5: '<< /Producer (y) >>' } },
    ['metadata at Info: undefined'],
  ],
  [
    'what is said beside annotations that are none',
    { ...original, ...altered(3, '[10 0 R 11 0 R]', '<< >>') },
    { objects: { 5: '<< /Producer (y) >>' } },
    ['metadata at Info: undefined'],
  ],
  ['that there are signatures', original, { objects: altered(6, '/SigFlags 1', '/SigFlags 3') }, []],
  [
    'that readers draw nothing',
    original,
    { objects: altered(6, '/SigFlags 1', '/SigFlags 1 /NeedAppearances false') },
    [],
  ],
  ['a font', original, { objects: withFont(font('Symbol'), 'F4') }, ['form-resources at Root/AcroForm/DR: undefined']],
  [
    'a usual font that a field asks for',
    original,
    { objects: withFont(font('Helvetica-Bold', '/Encoding /WinAnsiEncoding')) },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'a usual font with marks of its own',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [24 /breve 128 /bullet] >>')) },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'a usual font with other marks beside letters',
    original,
    {
      objects: withFont(font('Courier', '/Encoding << /Differences [31 /x 39 /quotesingle 96 /grave 127 /x] >>')),
    },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'a usual font without an encoding',
    original,
    { objects: withFont(font('Times-Roman')) },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'a usual font with an encoding that is not changed',
    original,
    { objects: withFont(font('Times-Roman', '/Encoding << /BaseEncoding /WinAnsiEncoding >>')) },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'marks under their own name',
    original,
    { objects: withFont(font('ZapfDingbats'), 'ZaDb') },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'an encoding of the name of a font that a field asks for',
    original,
    { objects: altered(6, '/DR <<', '/DR << /Encoding << /F2 << >> >>') },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'procedures, each an object of its own',
    original,
    { objects: { ...altered(6, '/DR <<', '/DR << /ProcSet [20 0 R]'), 20: '/PDF' } },
    [],
  ],
  [
    'procedures that stood apart, in their place',
    { ...original, ...altered(6, '/DR <<', '/DR << /ProcSet 20 0 R'), 20: '[/PDF]' },
    { objects: altered(6, '/DR <<', '/DR << /ProcSet [/PDF]') },
    [],
  ],
  [
    'fonts that stood apart, in their place',
    { ...original, ...altered(6, '<< /F1 7 0 R >>', '20 0 R'), 20: '<< /F1 7 0 R >>' },
    { objects: { 6: original[6]! } },
    [],
  ],
  [
    'a font among those that stand apart',
    { ...original, ...altered(6, '<< /F1 7 0 R >>', '20 0 R'), 20: '<< /F1 7 0 R >>' },
    { objects: { 20: '<< /F1 7 0 R /F4 21 0 R >>', 21: font('Symbol') } },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'fonts where there were none',
    { ...original, ...altered(6, '/DR << /Font << /F1 7 0 R >> >>', '') },
    { objects: { 6: original[6]! } },
    [],
  ],
  [
    'what is drawn with fonts',
    original,
    { objects: altered(6, '/DR <<', '/DR << /ProcSet [/PDF] /Encoding << /E << >> >>') },
    ['form-resources at Root/AcroForm/DR: undefined'],
  ],
])('%s may be said', (_, base, update, told) => {
  expect(toldOf(base, update)).toEqual(told);
});

test.each<[string, Objects, Update, string[]]>([
  ['a list in what is said', original, { objects: { 5: '<< /X [1] >>' } }, ['no at Info/X: it is no plain value']],
  [
    'a list in what is said anew',
    unsaid,
    { objects: { 20: '<< /X [1] >>' }, trailer: { Info: '20 0 R' } },
    ['no at Info/X: it is no plain value'],
  ],
  ['an object in what is said', original, { objects: { 5: '<< /X 3 0 R >>' } }, ['no at Info/X: it is no plain value']],
  [
    'what is said by a stream',
    original,
    { objects: { 5: streamOf('x') } },
    ['no at Info: it is no dictionary', 'metadata at Info: undefined'],
  ],
  [
    'metadata that is no stream',
    original,
    { objects: { 9: '<< >>' } },
    ['no at Root/Metadata: it is no stream of metadata'],
  ],
  [
    'metadata that is elsewhere',
    original,
    { objects: { 9: streamOf('x', '/F (x)') } },
    ['no at Root/Metadata: it is no stream of metadata'],
  ],
  [
    'metadata with an entry of its own',
    original,
    { objects: { 9: streamOf('x', '/Filter 13 0 R') } },
    ['no at Root/Metadata: it is no stream of metadata'],
  ],
  [
    'a version with more digits',
    original,
    { objects: altered(1, '/1.6', '/1.66') },
    ['no at Root/Version: it is no version'],
  ],
  [
    'a version before a digit',
    original,
    { objects: altered(1, '/1.6', '/x1.6') },
    ['no at Root/Version: it is no version'],
  ],
  [
    'a version of another kind',
    original,
    { objects: altered(1, '/1.6', '/3.0') },
    ['no at Root/Version: it is no version'],
  ],
  [
    'a version that is a text',
    original,
    { objects: altered(1, '/1.6', '(1.7)') },
    ['no at Root/Version: it is no version'],
  ],
  [
    'a version without digits',
    original,
    { objects: altered(1, '/1.6', '/1.x') },
    ['no at Root/Version: it is no version'],
  ],
  ['no version', original, { objects: altered(1, '/Version /1.6', '') }, ['no at Root/Version: it is no version']],
  [
    'extensions with a page',
    original,
    { objects: { 12: '<< /X << /Y [3 0 R] >> >>' } },
    ['no at Root/Extensions: it is no plain dictionary'],
  ],
  [
    'extensions with a page among what is plain',
    original,
    { objects: { 12: '<< /A 1 /X << /B 1 /Y [(a) 3 0 R] >> >>' } },
    ['no at Root/Extensions: it is no plain dictionary'],
  ],
  [
    'extensions that are a list',
    original,
    { objects: { 12: '[3 0 R]' } },
    ['no at Root/Extensions: it is no dictionary', 'metadata at Root/Extensions: undefined'],
  ],
  ['an identifier that is a name', original, { trailer: { ID: '/x' } }, ['no at ID: it is no identifier']],
  ['an identifier of objects', original, { trailer: { ID: '[(a) 3 0 R]' } }, ['no at ID: it is no identifier']],
  [
    'a size that is too small',
    original,
    { objects: { 20: '(x)' }, trailer: { Size: '10' } },
    ['no at Size: it is too small', 'no at : A revision names objects beyond its size'],
  ],
  [
    'a size that is less than it was',
    original,
    { objects: { 5: '<< /Producer (x) >>' }, trailer: { Size: '11' } },
    ['no at Size: it is too small'],
  ],
  [
    'a size that is the number of an object',
    original,
    { objects: { 20: '(x)' }, trailer: { Size: '20' } },
    ['no at Size: it is too small', 'no at : A revision names objects beyond its size'],
  ],
  ['a store that is a list', original, { objects: stored('[]') }, ['no at Root/DSS: it is no dictionary']],
  [
    'a store of something else',
    original,
    { objects: stored('<< /Own 3 0 R >>') },
    ['no at Root/DSS/Own: /Own was added', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store of what is no list',
    original,
    { objects: stored('<< /Certs 3 0 R >>') },
    ['no at Root/DSS/Certs: it is no list of streams', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store of pages',
    original,
    { objects: stored('<< /Certs [3 0 R] >>') },
    ['no at Root/DSS/Certs: it is no list of streams', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store of what is no object',
    original,
    { objects: stored('<< /Certs [(x)] >>') },
    ['no at Root/DSS/Certs: it is no list of streams', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store of pictures',
    original,
    { objects: { ...stored('<< /Certs [20 0 R] >>'), 20: streamOf('x', '/Subtype /Image') } },
    [
      'no at Root/DSS/Certs: it is no list of streams',
      'no at Root/DSS/Certs[0]: no rule allows it to be added',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store whose streams are encoded by objects',
    original,
    { objects: { ...stored('<< /Certs [20 0 R] >>'), 20: streamOf('x', '/Filter 3 0 R') } },
    [
      'no at Root/DSS/Certs: it is no list of streams',
      'no at Root/DSS/Certs[0]: no rule allows it to be added',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store whose type is a list',
    original,
    { objects: stored('<< /Type [] >>') },
    ['no at Root/DSS/Type: it is no plain value', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'another certificate in its place',
    withStore('<< /Certs [13 0 R] >>'),
    { objects: { 13: streamOf('another') } },
    ['no at Root/DSS/Certs[0]: no rule allows it to be changed'],
  ],
  [
    'a store for no signature',
    original,
    { objects: stored('<< /VRI << /x << >> >> >>') },
    ['no at Root/DSS/VRI/x: it is no digest', 'long-term-data at Root/DSS: undefined'],
  ],
  [
    'a store for a signature that is none',
    original,
    { objects: stored(`<< /VRI << /${digest}0 << >> >> >>`) },
    [
      'no at Root/DSS/VRI/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0: it is no digest',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store for a signature with more',
    original,
    { objects: stored(`<< /VRI << /${digest} << /X 1 >> >> >>`) },
    [
      'no at Root/DSS/VRI/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/X: /X was added',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store for a signature, by a list',
    original,
    { objects: stored(`<< /VRI << /${digest} [] >> >>`) },
    [
      'no at Root/DSS/VRI/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA: it is no dictionary',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store for a signature, with a time that is none',
    original,
    { objects: stored(`<< /VRI << /${digest} << /TU 3 0 R >> >> >>`) },
    [
      'no at Root/DSS/VRI/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/TU: it is no plain value',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'a store for a signature, stamped by a page',
    original,
    { objects: stored(`<< /VRI << /${digest} << /TS 3 0 R >> >> >>`) },
    [
      'no at Root/DSS/VRI/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/TS: it is no stream',
      'long-term-data at Root/DSS: undefined',
    ],
  ],
  [
    'stores that are a list',
    original,
    { objects: stored('<< /VRI [] >>') },
    ['no at Root/DSS/VRI: it is no dictionary', 'long-term-data at Root/DSS: undefined'],
  ],
  ['no form', original, { objects: altered(1, '/AcroForm 6 0 R', '') }, ['no at Root/AcroForm: the form was removed']],
  [
    'a form that is new and acts',
    formless,
    { objects: { ...formless, 1: original[1]!, 6: '<< /Fields [] /CO [] >>' } },
    ['no at Root/AcroForm/CO: /CO was added'],
  ],
  [
    'a form that is new and has a list for a look',
    formless,
    { objects: { ...formless, 1: original[1]!, 6: '<< /Fields [] /DA [] >>' } },
    ['no at Root/AcroForm/DA: what was there was changed'],
  ],
  [
    'another look for all fields',
    original,
    { objects: altered(6, '9 Tf', '8 Tf') },
    ['no at Root/AcroForm/DA: what was there was changed'],
  ],
  [
    'a side for all fields',
    original,
    { objects: altered(6, '/SigFlags', '/Q 1 /SigFlags') },
    ['no at Root/AcroForm/Q: what was there was changed'],
  ],
  [
    'that there are no signatures',
    original,
    { objects: altered(6, '/SigFlags 1', '/SigFlags 2') },
    ['no at Root/AcroForm/SigFlags: flags were taken back'],
  ],
  [
    'that there is more than signatures',
    original,
    { objects: altered(6, '/SigFlags 1', '/SigFlags 5') },
    ['no at Root/AcroForm/SigFlags: flags were taken back'],
  ],
  [
    'that readers draw',
    original,
    { objects: altered(6, '/SigFlags', '/NeedAppearances true /SigFlags') },
    ['no at Root/AcroForm/NeedAppearances: who draws the fields was changed'],
  ],
  [
    'a field less',
    original,
    { objects: altered(6, '10 0 R 11 0 R', '10 0 R') },
    ['no at Root/AcroForm/Fields: a field was removed or moved'],
  ],
  [
    'fields in another order',
    original,
    { objects: altered(6, '10 0 R 11 0 R', '11 0 R 10 0 R') },
    ['no at Root/AcroForm/Fields: a field was removed or moved'],
  ],
  [
    'fields that are no list',
    formless,
    { objects: { ...formless, 1: original[1]!, 6: '<< /Fields 3 0 R >>' } },
    ['no at Root/AcroForm/Fields: a field was removed or moved'],
  ],
  [
    'another font',
    original,
    { objects: { ...altered(6, '7 0 R', '20 0 R'), 20: font('Symbol') } },
    ['no at Root/AcroForm/DR/Font/F1: what was there was changed'],
  ],
  [
    'a font less',
    original,
    { objects: altered(6, '/F1 7 0 R', '') },
    ['no at Root/AcroForm/DR/Font: what was there was changed'],
  ],
  [
    'fonts that are a list',
    original,
    { objects: altered(6, '<< /F1 7 0 R >>', '[]') },
    ['no at Root/AcroForm/DR/Font: what was there was changed'],
  ],
  [
    'no fonts',
    original,
    { objects: altered(6, '/Font << /F1 7 0 R >>', '') },
    ['no at Root/AcroForm/DR/Font: what was there was changed'],
  ],
  [
    'a font of marks that a field asks for',
    original,
    { objects: withFont(font('Symbol')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font with other letters that a field asks for',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [65 /B] >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font of its own that a field asks for',
    original,
    { objects: withFont(font('Helvetica', '/FontDescriptor << >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font that reads otherwise, and that a field asks for',
    original,
    { objects: withFont(font('Helvetica', '/ToUnicode 13 0 R')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font that is drawn, and that a field asks for',
    original,
    { objects: withFont('<< /Type /Font /Subtype /Type3 /BaseFont /Helvetica >>') },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font of marks that a field asks for by an escape',
    original,
    { objects: withFont(font('Symbol'), 'F3') },
    ['no at Root/AcroForm/DR/Font/F3: what was there asks for a font of that name'],
  ],
  [
    'a font with another space',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [32 /x] >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font with another tilde',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [126 /x] >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font with another space behind a mark',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [31 /x /y] >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font with marks that are none',
    original,
    { objects: withFont(font('Courier', '/Encoding << /Differences [24 (x)] >>')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'a font with an encoding that is none',
    original,
    { objects: withFont(font('Courier', '/Encoding []')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
  [
    'another font under the name of marks',
    original,
    { objects: withFont(font('Symbol'), 'ZaDb') },
    ['no at Root/AcroForm/DR/Font/ZaDb: what was there asks for a font of that name'],
  ],
  [
    'a font that a remark within the list asks for',
    {
      ...original,
      ...altered(3, '11 0 R]', '11 0 R << /Type /Annot /Subtype /FreeText /DA (/F5 9 Tf) /Rect [0 0 9 9] >>]'),
    },
    { objects: withFont(font('Symbol'), 'F5') },
    ['no at Root/AcroForm/DR/Font/F5: what was there asks for a font of that name'],
  ],
  [
    'a font among those that stand apart, which a page has as well',
    {
      ...original,
      ...altered(3, '/Annots', '/Resources << /Font 20 0 R >> /Annots'),
      ...altered(6, '<< /F1 7 0 R >>', '20 0 R'),
      20: '<< /F1 7 0 R >>',
    },
    { objects: { 20: '<< /F1 7 0 R /F4 21 0 R >>', 21: font('Symbol') } },
    ['no at Root/AcroForm/DR/Font: it is also used by 3 0', 'form-resources at Root/AcroForm/DR: undefined'],
  ],
  [
    'another font among those that stand apart',
    { ...original, ...altered(6, '<< /F1 7 0 R >>', '20 0 R'), 20: '<< /F1 7 0 R >>' },
    { objects: { 20: '<< /F1 21 0 R >>', 21: font('Symbol') } },
    ['no at Root/AcroForm/DR/Font/F1: what was there was changed'],
  ],
  [
    'one of two fonts less',
    { ...original, ...altered(6, '/F1 7 0 R', '/F1 7 0 R /F9 7 0 R') },
    { objects: { 6: original[6]! } },
    ['no at Root/AcroForm/DR/Font: what was there was changed'],
  ],
  [
    'procedures that are a dictionary now',
    { ...original, ...altered(6, '/DR <<', '/DR << /ProcSet [/PDF]') },
    { objects: altered(6, '/DR <<', '/DR << /ProcSet << /A 1 >>') },
    ['no at Root/AcroForm/DR/ProcSet: what was there was changed'],
  ],
  [
    'resources that are a list',
    original,
    { objects: altered(6, '<< /Font << /F1 7 0 R >> >>', '[]') },
    ['no at Root/AcroForm/DR: it is no dictionary'],
  ],
  [
    'no resources',
    original,
    { objects: altered(6, '/DR << /Font << /F1 7 0 R >> >>', '') },
    ['no at Root/AcroForm/DR/Font: what was there was changed'],
  ],
  [
    'marks under the name of letters',
    original,
    { objects: withFont(font('ZapfDingbats')) },
    ['no at Root/AcroForm/DR/Font/F2: what was there asks for a font of that name'],
  ],
])('%s is told', (_, base, update, told) => {
  expect(toldOf(base, update)).toEqual(told);
});

/** Fields one within the other, so many below the first. */
const nested = (depth: number): Objects => ({
  ...original,
  ...altered(6, '10 0 R 11 0 R', '100 0 R'),
  ...Object.fromEntries(Array.from({ length: depth }, (_, at) => [100 + at, `<< /T (a) /Kids [${101 + at} 0 R] >>`])),
  [100 + depth]: '<< /FT /Tx /T (a) >>',
});

test('fields are compared thirty-two steps down, and no further', () => {
  const update = { objects: { 5: '<< /Producer (y) >>' } };
  expect(toldOf(nested(32), update)).toEqual(['metadata at Info: undefined']);
  const path = `Root/AcroForm/Fields[0]${'/Kids[0]'.repeat(33)}`;
  expect(toldOf(nested(33), update)).toEqual([
    `no at ${path}: there are too many fields`,
    'metadata at Info: undefined',
  ]);
});
