import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';

/** Fields that are filled in after a signature, or only seem to be: what is told of them, and why. */

type Objects = Record<number, string>;

const look = (content: string, entries = ''): string =>
  streamOf(
    content,
    `/Type /XObject /Subtype /Form /BBox [0 0 128 20] /Resources << /Font << /F1 5 0 R >> >> ${entries}`,
  );
const text = (words: string): string => look(`BT /F1 9 Tf 2 5 Td (${words}) Tj ET`);
const box = look('0 0 9 9 re f');

const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 38 0 R >> >> /Annots [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 17 0 R 18 0 R 19 0 R 24 0 R 25 0 R 26 0 R 34 0 R 36 0 R] >>',
  4: streamOf('BT /F1 12 Tf 72 700 Td (Pay 100 pesos) Tj ET'),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  6: '<< /Fields [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R 19 0 R 24 0 R 25 0 R 26 0 R 33 0 R 34 0 R 36 0 R] >>',
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /F 4 /Rect [72 600 200 620] >>',
  12: '<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 1 /T (closed) /F 4 /V (x) /Rect [72 570 200 590] /AP << /N 20 0 R >> >>',
  13: '<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (push) /F 4 /Rect [72 540 200 560] /AP << /N 21 0 R >> >>',
  14: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (tick) /F 4 /V /Off /AS /Off /Rect [72 510 80 518] /AP << /N << /Yes 21 0 R /Off 22 0 R >> >> >>',
  15: '<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /Opt [(a) (b)] /T (choice) /F 4 /V (a) /Rect [72 480 200 500] >>',
  16: '<< /FT /Tx /T (two) /V (x) /Kids [17 0 R 18 0 R] >>',
  17: '<< /Type /Annot /Subtype /Widget /Parent 16 0 R /F 4 /Rect [72 450 200 470] /AP << /N 23 0 R >> >>',
  18: '<< /Type /Annot /Subtype /Widget /Parent 16 0 R /F 4 /Rect [72 420 200 440] /AP << /N 27 0 R >> >>',
  19: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (drawn) /F 4 /V (x) /Rect [72 390 200 410] /AP << /N 28 0 R /D 29 0 R >> >>',
  20: text('x'),
  21: box,
  22: look(''),
  23: text('x'),
  24: '<< /Type /Annot /Subtype /Widget /FT /Other /T (unknown) /F 4 /Rect [72 360 200 380] >>',
  25: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (over) /F 4 /Rect [84 695 212 715] >>',
  26: '<< /Type /Annot /Subtype /Widget /FT /Btn /T (over box) /F 4 /V /Off /AS /Off /Rect [72 695 83 715] /AP << /N << /Yes 21 0 R /Off 22 0 R >> >> >>',
  27: text('x'),
  28: text('x'),
  29: text('x'),
  38: '<< /Type /Font /Subtype /TrueType /BaseFont /Own /FontDescriptor << /FontFile2 39 0 R >> >>',
  39: streamOf('x'),
  31: '<< /FT /Tx /T (inner) /Parent 33 0 R /Kids [33 0 R] >>',
  34: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (amount) /F 4 /V (100) /Rect [72 330 200 350] /AP << /N 35 0 R >> >>',
  35: text('100'),
  36: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (pictured) /F 4 /V (x) /Rect [72 300 200 320] /AP << /N 37 0 R >> >>',
  37: box,
  33: '<< /T (outer) /Kids [31 0 R << /T (within) >>] >>',
};
const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]));
const ordinary = write(original);

const judge = (objects: Objects, base = ordinary) => {
  const pdf = appendUpdate(base, { objects });
  return judgeLaterChanges(open(pdf), [base.length], nodePorts).get(base.length)!.changes;
};

/** What is told of the fields: what is allowed, and what is not. */
const toldOf = (objects: Objects, base?: Buffer): string[] =>
  judge(objects, base).map(
    ({ kind, path, detail, allowed }) => `${allowed ? kind : 'no'} at ${path.replace('Root/AcroForm/', '')}: ${detail}`,
  );

/** A field with entries more, or others. */
const withEntries = (number: number, entries: Record<string, string>): Objects => {
  const all = Object.entries(entries).reduce(
    (before, [key, own]) =>
      before
        .replace(new RegExp(` /${key} (?:<< .*? >>(?= /| >>$)|[^/>]+|/\\w+)(?= /| >>$)`), '')
        .replace(/ >>$/, own ? ` /${key} ${own} >>` : ' >>'),
    original[number]!,
  );
  return { [number]: all };
};

test.each<[string, Objects, string[]]>([
  ['a text', withEntries(11, { V: '(x)' }), ['field-filled at Fields[1]: it says now: x']],
  [
    'a long text',
    withEntries(11, { V: `(${'x'.repeat(300)})` }),
    [`field-filled at Fields[1]: it says now: ${'x'.repeat(200)}`],
  ],
  ['a text that is taken back', withEntries(19, { V: '' }), ['field-filled at Fields[7]: undefined']],
  [
    'a text that is drawn',
    { ...withEntries(11, { V: '(y z)', AP: '<< /N 30 0 R >>' }), 30: text('y z') },
    ['field-filled at Fields[1]: it says now: y z'],
  ],
  [
    'a text that is drawn otherwise',
    { ...withEntries(11, { V: '(y)', AP: '<< /N 30 0 R >>' }), 30: text('z') },
    ['field-filled at Fields[1]: it says now: y; it shows something else, or what cannot be read'],
  ],
  [
    'a text that is drawn by a picture',
    { ...withEntries(11, { V: '(y)', AP: '<< /N 30 0 R >>' }), 30: box },
    ['field-filled at Fields[1]: it says now: y; it shows something else, or what cannot be read'],
  ],
  [
    'a text whose look is written anew',
    { ...withEntries(19, { V: '(y)' }), 28: text('y') },
    ['field-filled at Fields[7]: it says now: y'],
  ],
  [
    'the same text, drawn anew',
    { 28: look('BT /F1 10 Tf 2 5 Td (x) Tj ET') },
    ['field-filled at Fields[7]: it says now: x'],
  ],
  [
    'a text in two places',
    { ...withEntries(16, { V: '(y)' }), 23: text('y'), 27: text('y') },
    [
      'field-filled at Fields[6]: it says now: y',
      'field-filled at Fields[6]/Kids[0]: it says now: y',
      'field-filled at Fields[6]/Kids[1]: it says now: y',
    ],
  ],
  ['a tick', withEntries(14, { V: '/Yes', AS: '/Yes' }), ['field-filled at Fields[4]: it says now: Yes']],
  ['a choice', withEntries(15, { V: '(b)' }), ['field-filled at Fields[5]: it says now: b']],
  ['several choices', withEntries(15, { V: '[(a) (b)]' }), ['field-filled at Fields[5]: undefined']],
  [
    'several choices that are drawn',
    { ...withEntries(15, { V: '[(a) (b)]', AP: '<< /N 30 0 R >>' }), 30: text('a b') },
    ['field-filled at Fields[5]: it shows something else, or what cannot be read'],
  ],
  [
    'nothing, and drawn so',
    { ...withEntries(11, { AP: '<< /N 30 0 R >>' }), 30: look('') },
    ['field-filled at Fields[1]: undefined'],
  ],
  ['the same number, written otherwise', { 35: text('1-00.') }, ['field-filled at Fields[12]: it says now: 100']],
  [
    'the time alone of what shows a picture',
    withEntries(36, { M: '(D:2026)' }),
    ['field-filled at Fields[13]: it says now: x; it shows something else, or what cannot be read'],
  ],
  ['a field that is closed', withEntries(11, { Ff: '1' }), ['field-locked at Fields[1]/Ff: undefined']],
])('%s is filled in', (_, objects, told) => {
  expect(toldOf(objects)).toEqual(told);
});

test.each<[string, Objects, string[]]>([
  [
    'another text in two places',
    { 23: text('y') },
    [
      'no at Fields[6]/Kids[0]/AP/N: it is drawn anew, and its value is what it was',
      'field-filled at Fields[6]/Kids[0]: it says now: x; it shows something else, or what cannot be read',
    ],
  ],
  [
    'another look',
    { 28: text('y') },
    [
      'no at Fields[7]/AP/N: it is drawn anew, and its value is what it was',
      'field-filled at Fields[7]: it says now: x; it shows something else, or what cannot be read',
    ],
  ],
  [
    'another number',
    { 35: text('900') },
    [
      'no at Fields[12]/AP/N: it is drawn anew, and its value is what it was',
      'field-filled at Fields[12]: it says now: 100; it shows something else, or what cannot be read',
    ],
  ],
  ...[
    ['more text in digits among which is something else', '(x) Tj <37z7> Tj'],
    ['text within parentheses within others', '(7(7(x))) Tj'],
    ['a curve behind NUL', '(x) Tj 0 0 9 9 9 0\0c f'],
    ['no text, which only a comment has', '% (x) Tj'],
    ['text that nobody sees', '3 Tr (x) Tj'],
  ].map(([name, content]): [string, Objects, string[]] => [
    `${name}`,
    { 28: look(`BT /F1 10 Tf 2 5 Td ${content} ET`) },
    [
      'no at Fields[7]/AP/N: it is drawn anew, and its value is what it was',
      'field-filled at Fields[7]: it says now: x; it shows something else, or what cannot be read',
    ],
  ]),
  [
    'another look under the pointer',
    { ...withEntries(19, { V: '(y)' }), 29: text('y') },
    [
      'no at Fields[7]/AP/D: no rule allows it to be changed',
      'field-filled at Fields[7]: it says now: y; it shows something else, or what cannot be read',
    ],
  ],
  [
    'a look that is no dictionary',
    withEntries(11, { V: '(x)', AP: '[]' }),
    ['no at Fields[1]/AP: it is no dictionary', 'field-filled at Fields[1]: it says now: x'],
  ],
  [
    'a look that is no form',
    { ...withEntries(11, { V: '(x)', AP: '<< /N 30 0 R >>' }), 30: '<< >>' },
    ['no at Fields[1]/AP/N: the appearance is no form XObject', 'field-filled at Fields[1]: it says now: x'],
  ],
  [
    'a look that is gone',
    withEntries(19, { V: '(y)', AP: '' }),
    ['no at Fields[7]/AP: it was removed', 'field-filled at Fields[7]: it says now: y'],
  ],
  [
    'a look for a field that says nothing',
    { ...withEntries(11, { AP: '<< /N 30 0 R >>' }), 30: text('y') },
    ['no at Fields[1]/AP/N: it is drawn anew, and its value is what it was', 'field-filled at Fields[1]: undefined'],
  ],
  [
    'a text over the text',
    { ...withEntries(25, { V: '(y)', AP: '<< /N 30 0 R >>' }), 30: look('1 g 0 0 128 20 re f') },
    [
      'no at Fields[9]: it hides text that was there',
      'field-filled at Fields[9]: it says now: y; it shows something else, or what cannot be read',
    ],
  ],
  [
    'a name for a text',
    withEntries(11, { V: '/x' }),
    ['no at Fields[1]/V: its value is none of such a field', 'field-filled at Fields[1]: it says now: x'],
  ],
  [
    'a stream for a text',
    { ...withEntries(11, { V: '30 0 R' }), 30: streamOf('x') },
    ['no at Fields[1]/V: its value is none of such a field', 'field-filled at Fields[1]: undefined'],
  ],
  [
    'a number among choices',
    withEntries(15, { V: '[(a) 1]' }),
    ['no at Fields[5]/V: its value is none of such a field', 'field-filled at Fields[5]: undefined'],
  ],
  [
    'a place for text elsewhere',
    withEntries(11, { V: '(x)', Rect: '[72 690 200 710]' }),
    [
      'no at Fields[1]/Rect: /Rect was changed',
      'no at Fields[1]: it covers something that was there',
      'field-filled at Fields[1]: it says now: x',
    ],
  ],
  [
    'a text aligned otherwise',
    withEntries(19, { Q: '1' }),
    [
      'no at Fields[7]/Q: its look was changed, and its value is what it was',
      'field-filled at Fields[7]: it says now: x',
    ],
  ],
  [
    'a text written otherwise',
    withEntries(19, { DA: '(/F1 9 Tf 1 g)' }),
    [
      'no at Fields[7]/DA: its look was changed, and its value is what it was',
      'field-filled at Fields[7]: it says now: x',
    ],
  ],
  [
    'a text aligned by a name',
    withEntries(19, { V: '(y)', Q: '/x' }),
    [
      'no at Fields[7]/Q: it is no plain value',
      'field-filled at Fields[7]: it says now: y; it shows something else, or what cannot be read',
    ],
  ],
  [
    'a tick that is drawn anew',
    { ...withEntries(14, { V: '/Yes', AS: '/Yes' }), 22: box },
    ['no at Fields[4]/AP/N/Off: no rule allows it to be changed', 'field-filled at Fields[4]: it says now: Yes'],
  ],
  [
    'a tick that is not shown',
    withEntries(14, { V: '/Yes' }),
    ['no at Fields[4]: it shows another state than its value', 'field-filled at Fields[4]: it says now: Yes'],
  ],
  [
    'a choice by a number among which is something else',
    withEntries(15, { V: '(b)', I: '[1 /x]' }),
    ['no at Fields[5]/I: it is no plain value', 'field-filled at Fields[5]: it says now: b'],
  ],
  ['a field that gets kids', withEntries(11, { Kids: '[17 0 R]' }), ['no at Fields[1]/Kids: it has kids now']],
  ['a closed field: no look', withEntries(12, { AP: '' }), ['no at Fields[2]/AP: it is read-only']],
  ['a field that is opened', withEntries(12, { Ff: '0' }), ['no at Fields[2]/Ff: its flags were changed']],
  ['a closed field: another text', withEntries(12, { V: '(y)' }), ['no at Fields[2]/V: it is read-only']],
  ['a closed field: rich text', withEntries(12, { RV: '(<p>y</p>)' }), ['no at Fields[2]/RV: it is read-only']],
  ['a closed field: another choice', withEntries(12, { I: '[1]' }), ['no at Fields[2]/I: it is read-only']],
  ['a closed field: another beginning', withEntries(12, { TI: '1' }), ['no at Fields[2]/TI: it is read-only']],
  [
    'a closed field: another look',
    { ...withEntries(12, { AP: '<< /N 30 0 R >>' }), 30: text('y') },
    ['no at Fields[2]/AP: it is read-only', 'no at Fields[2]/AP/N: no rule allows it to be added'],
  ],
  [
    'a closed field: another look in its place',
    { 20: text('y') },
    ['no at Fields[2]/AP: it is read-only', 'no at Fields[2]/AP/N: no rule allows it to be changed'],
  ],
  ['a closed field: another state', withEntries(12, { AS: '/x' }), ['no at Fields[2]/AS: it is read-only']],
  ['a closed field: another font', withEntries(12, { DA: '(/F1 9 Tf)' }), ['no at Fields[2]/DA: it is read-only']],
  ['a closed field: another side', withEntries(12, { Q: '1' }), ['no at Fields[2]/Q: it is read-only']],
  ['a closed field: another time', withEntries(12, { M: '(D:2026)' }), ['no at Fields[2]/M: it is read-only']],
  ['a button with a value', withEntries(13, { V: '/x' }), ['no at Fields[3]/V: it is no field to be filled in']],
  [
    'a button with another look',
    { 21: look('9 9 9 9 re f') },
    ['no at Fields[3]/AP: it is no field to be filled in', 'no at Fields[3]/AP/N: no rule allows it to be changed'],
  ],
  [
    'a field of a kind that nobody knows',
    withEntries(24, { V: '(x)' }),
    ['no at Fields[8]/V: it is no field to be filled in'],
  ],
])('%s is told', (_, objects, told) => {
  expect(toldOf(objects)).toEqual(told);
});

/** A field as it was, and what is done to it: what was odd of it before is nobody's since. */
test.each<[string, Objects, Objects, string[]]>([
  [
    'a value of no kind',
    withEntries(11, { V: '/odd' }),
    withEntries(11, { V: '/odd', M: '(D:2026)' }),
    ['field-filled at Fields[1]: it says now: odd'],
  ],
  [
    'rich text that says something else',
    withEntries(11, { V: '(x)', RV: '(<p>y</p>)' }),
    withEntries(11, { V: '(x)', RV: '(<p>y</p>)', M: '(D:2026)' }),
    ['field-filled at Fields[1]: it says now: x'],
  ],
  [
    'a state that it has no look for',
    withEntries(14, { V: '/Odd', AS: '/Odd' }),
    withEntries(14, { V: '/Odd', AS: '/Odd', M: '(D:2026)' }),
    ['field-filled at Fields[4]: it says now: Odd'],
  ],
  ['looks that are a list', withEntries(11, { AP: '[1]' }), { 90: '(x)' }, []],
  [
    'the number of its choice',
    withEntries(15, { I: '[0]' }),
    withEntries(15, { V: '(b)' }),
    ['field-filled at Fields[5]: it says now: b'],
  ],
  [
    'no state of a box that says something',
    withEntries(14, { V: '/Yes', AS: '' }),
    withEntries(14, { V: '/Off', AS: '' }),
    ['field-filled at Fields[4]: it says now: Off'],
  ],
  [
    'no states of a box',
    withEntries(14, { AP: '<< /N 21 0 R >>', AS: '' }),
    withEntries(14, { AP: '<< /N 21 0 R >>', AS: '', V: '/Yes' }),
    ['field-filled at Fields[4]: it says now: Yes; it shows something else, or what cannot be read'],
  ],
  [
    'a box whose tick hides a letter',
    { 21: look('0 0 128 20 re f') },
    withEntries(26, { V: '/Yes', AS: '/Yes' }),
    ['field-filled at Fields[10]: it says now: Yes'],
  ],
  [
    'a page that cannot be read below a box',
    { 4: streamOf('x', '/Filter /Nobody') },
    withEntries(14, { V: '/Yes', AS: '/Yes' }),
    ['field-filled at Fields[4]: it says now: Yes'],
  ],
  [
    'no look of a box',
    withEntries(14, { AP: '', AS: '' }),
    withEntries(14, { AP: '', AS: '', V: '/Yes' }),
    ['field-filled at Fields[4]: it says now: Yes'],
  ],
  [
    'a widget of a box that is missing',
    { 16: '<< /FT /Btn /T (two) /V /Off /Kids [17 0 R 18 0 R 99 0 R] >>' },
    { 16: '<< /FT /Btn /T (two) /V /x /Kids [17 0 R 18 0 R 99 0 R] >>' },
    ['field-filled at Fields[6]: it says now: x'],
  ],
])('%s was there before: it is let be', (_, before, objects, told) => {
  expect(toldOf(objects, write({ ...original, ...before }))).toEqual(told);
});

test('a field that is filled in is put on no page', () => {
  const unseen = { 3: original[3]!.replace(' 11 0 R', '') };
  expect(toldOf({ ...withEntries(11, { V: '(x)' }), 3: original[3]! }, write({ ...original, ...unseen }))).toContain(
    'no at Root/Pages/Kids[0]/Annots[1]: an annotation was added',
  );
});

const ofFont = (font: string, content: string, frame = '/BBox [0 0 128 20]'): string =>
  streamOf(content, `/Type /XObject /Subtype /Form ${frame} /Resources << /Font << /F1 ${font} >> >>`);
const drawnAnew = (drawn: string, others: Objects = {}): string[] =>
  toldOf({ 28: drawn, ...others }).filter((told) => told.startsWith('no '));
const told = ['no at Fields[7]/AP/N: it is drawn anew, and its value is what it was'];
const word = 'BT /F1 9 Tf 2 5 Td (x) Tj ET';

test.each<[string, string]>([
  ['in black', word],
  ['in a colour', `0.2 0 0.5 rg ${word}`],
  ['in ink', `0 0 0 1 k ${word}`],
  ['in one ink', `0 1 0 0 k ${word}`],
  ['in a light gray', `0.7 g ${word}`],
  ['in some of each ink', `0.5 0.2 0.2 0.5 k ${word}`],
  ['in inks upon a light ground of inks', `0 0 0.4 0 k 0 0 128 20 re f 0 1 1 0 k ${word}`],
  ['in white, and then in black', `1 g 0 g ${word}`],
  ['in white upon a dark ground', `0 g 0 0 128 20 re f 1 g ${word}`],
  ['in white upon a dark ground up to two points', `0 g 2 2 124 16 re f 1 g ${word}`],
  ['in white upon a dark ground with a line of two points', `0 g 1 G 2 w 0 0 128 20 re B 1 g ${word}`],
  ['upon a ground that is not painted with its broad lines', `30 w 1 1 0 rg 0 G 0 0 128 20 re f 0 g ${word}`],
  ['upon lines that are not filled', `1 w 0 g 1 0 0 RG 0 0 128 20 re s ${word}`],
  ['in white upon a dark ground within a frame', `0.2 g 0.5 0.5 127 19 re B 1 g ${word}`],
  ['in black upon a light ground', `q 1 1 0 rg 0 0 128 20 re f Q ${word}`],
  ['in black upon two grounds', `1 g 0 0 128 20 re f 0.8 g 0 0 9 9 re f 0 g ${word}`],
  ['within a frame', `0 G 1 w 0 0 128 20 re S ${word}`],
  ['within a frame of another colour', `1 0 0 RG 9 w 0 0 128 20 re S ${word}`],
  ['within a clip', `q 1 1 126 18 re W n ${word} Q`],
  ['within a clip that cuts off little', `q 0 6 126 18 re W n ${word} Q`],
  ['behind what is not painted', `0 0 128 20 re n ${word} f`],
  ['small', 'BT /F1 1 Tf 2 5 Td (x) Tj ET'],
  ['small, and made larger', '9 0 0 9 0 0 cm BT /F1 0.2 Tf 1 1 Td (x) Tj ET'],
  ['narrow', 'BT /F1 9 Tf 10 Tz 2 5 Td (x) Tj ET'],
  ['narrow, and turned', 'BT /F1 9 Tf 5 Tz 0 1 -1 0 20 5 Tm (x) Tj ET'],
  ['turned', 'BT /F1 9 Tf 0 1 -1 0 20 5 Tm (x) Tj ET'],
])('a value that is drawn anew %s is let be', (_, content) => {
  expect(drawnAnew(look(content))).toEqual([]);
});

test.each<[string, string]>([
  ['in white', `1 g ${word}`],
  ['in white of three lights', `1 1 1 rg ${word}`],
  ['in no ink', `0 0 0 0 k ${word}`],
  ['in nearly white', `0.9 g ${word}`],
  ['in little of each ink', `0.2 0.2 0.2 0 k ${word}`],
  ['in little black ink', `0 0 0 0.2 k ${word}`],
  ['in ink upon the like', `0.5 0.4 0.3 0 k 0 0 128 20 re f 0.4 0.5 0.4 0.1 k ${word}`],
  ['in black ink upon a mixture of them', `1 1 1 0 k 0 0 128 20 re f 0 g ${word}`],
  ['in black ink upon much of it', `0 0 0 0.8 k 0 0 128 20 re f 0 g ${word}`],
  ['in a colour of five inks', `0 0 0 0 1 k ${word}`],
  ['in white upon what is dark up to the left', `0 g 3 0 125 20 re f 1 g ${word}`],
  ['in white upon what is dark up to the right', `0 g 0 0 125 20 re f 1 g ${word}`],
  ['in white upon what is dark up to the foot', `0 g 0 3 128 17 re f 1 g ${word}`],
  ['in white upon what is dark up to the head', `0 g 0 0 128 17 re f 1 g ${word}`],
  ['upon a ground with a broad frame', `1 1 0 rg 0 G 30 w 0 0 128 20 re b 0 g ${word}`],
  ['upon a frame that is closed', `1 1 0 rg 0 G 30 w 0 0 128 20 re B 0 g ${word}`],
  ['in more than white', `7 7 7 rg ${word}`],
  ['in a colour of two numbers', `0 0 rg ${word}`],
  ['in white that is not put back', `q 0 g Q 1 g ${word}`],
  ['in black that is put back to white', `1 g q 0 g Q ${word}`],
  ['in a colour of another space', `/DeviceGray cs 1 sc ${word}`],
  ['in a colour of a space without numbers', `/DeviceGray cs ${word}`],
  ['in a colour of a pattern', `1 scn ${word}`],
  ['in black upon black', `0 0 128 20 re f ${word}`],
  ['in black upon black in two parts', `0 0 64 20 re 64 0 64 20 re f ${word}`],
  ['in black upon black with even and odd', `0 0 128 20 re f* ${word}`],
  ['in black upon black in the old way', `0 0 128 20 re F ${word}`],
  ['in black upon a black shape', `0 0 m 128 0 l 128 20 l 0 20 l f ${word}`],
  ['in white upon a part that is dark', `0 g 0 0 9 9 re f 1 g ${word}`],
  ['in white upon what is dark, and has a part more', `0 g 0 0 128 20 re 0 0 9 9 re f 1 g ${word}`],
  ['in white upon what is dark elsewhere', `q 1 0 0 1 500 0 cm 0 g 0 0 128 20 re f Q 1 g ${word}`],
  ['in white upon what is dark, and white again', `0 g 0 0 128 20 re f 1 g 0 0 128 20 re f ${word}`],
  ['upon a ground that cannot be told', `/DeviceGray cs 0 sc 0 0 128 20 re f 0 g ${word}`],
  ['upon a broad line', `0 G 20 w 0 10 m 128 10 l S ${word}`],
  ['upon a broad line that is closed', `0 G 20 w 0 10 m 128 10 l s ${word}`],
  ['upon a line that is broad by its scale', `q 40 0 0 40 0 0 cm 0 G 0 0.2 m 3 0.2 l S Q ${word}`],
  ['upon a line of a colour that cannot be told', `/DeviceGray CS 0 SC 20 w 0 10 m 128 10 l S ${word}`],
  ['and painted over', `${word} 1 g 0 0 128 20 re f`],
  ['and painted over, and once more', `${word} 1 g 0 0 128 20 re f 0 g BT 2 5 Td () Tj ET`],
  ['and painted over with a line', `${word} 1 G 20 w 0 10 m 128 10 l S`],
  ['and painted over with a frame', `${word} 1 g 1 G 0 0 128 20 re b`],
  ['and seen through', `/G gs ${word}`],
  ['too small', 'BT /F1 0.9 Tf 2 5 Td (x) Tj ET'],
  ['of no size', 'BT /F1 0 Tf 2 5 Td (x) Tj ET'],
  ['large, and made too small', '0.05 0 0 0.05 0 0 cm BT /F1 9 Tf 40 40 Td (x) Tj ET'],
  ['too narrow', 'BT /F1 9 Tf 1 Tz 2 5 Td (x) Tj ET'],
  ['too low', 'BT /F1 9 Tf 1 0 0 0.01 2 5 Tm (x) Tj ET'],
  ['outside of its place', 'BT /F1 9 Tf 200 5 Td (x) Tj ET'],
  ['outside of its clip', `q 64 0 64 20 re W n ${word} Q`],
  ['for the greater part outside of its clip', `q 0 8 128 20 re W n ${word} Q`],
  ['without a font', 'BT 2 5 Td (x) Tj ET'],
])('a value that is drawn anew %s is told', (_, content) => {
  expect(drawnAnew(look(content))).toEqual(told);
});

/** What is told of another value that is drawn so. */
const filledAnew = (content: string): string[] => toldOf({ ...withEntries(19, { V: '(y)' }), 28: look(content) });

test('a new value that nobody sees is told with it', () => {
  const seen = word.replace('(x)', '(y)');
  const said = 'field-filled at Fields[7]: it says now: y';
  expect(filledAnew(seen)).toEqual([said]);
  for (const hidden of [`1 g ${seen}`, seen.replace('/F1 9', '/F1 0.9')])
    expect(filledAnew(hidden)).toEqual([`${said}; it shows something else, or what cannot be read`]);
});

test('a value is drawn anew in its place’s own size', () => {
  expect(drawnAnew(ofFont('5 0 R', 'BT /F1 9 Tf 20 5 Td (x) Tj ET', '/BBox [0 0 250 42]'))).toEqual([]);
  expect(drawnAnew(ofFont('5 0 R', 'BT /F1 1.5 Tf 20 5 Td (x) Tj ET', '/BBox [0 0 250 42]'))).toEqual(told);
});

const shapes = '/FontDescriptor << /FontFile2 40 0 R >>';

test('letters of a value that is drawn anew have shapes that were there, or that readers have', () => {
  const file = { 40: streamOf('x') };
  const mine = `<< /Type /Font /Subtype /TrueType /BaseFont /Mine ${shapes} >>`;
  expect(drawnAnew(ofFont('5 0 R', word))).toEqual([]);
  expect(drawnAnew(ofFont('<< /Subtype /Type1 /BaseFont /Courier >>', word))).toEqual([]);
  expect(drawnAnew(ofFont(mine, word), file)).toEqual(told);
  expect(drawnAnew(ofFont('30 0 R', word), { ...file, 30: mine })).toEqual(told);
  expect(drawnAnew(ofFont('<< /Subtype /Type3 >>', word))).toEqual(told);
  expect(drawnAnew(ofFont('5 0 R /F9 30 0 R', word), { ...file, 30: mine })).toEqual(told);
  expect(drawnAnew(ofFont('38 0 R', word))).toEqual([]);
});

test('a field within another is told by both names, once, and its kids stay', () => {
  const [told, ...more] = judge(withEntries(31, { V: '(x)' }));
  expect([told!.field, told!.path, told!.allowed, more]).toEqual([
    'outer.inner',
    'Root/AcroForm/Fields[11]/Kids[0]',
    true,
    [],
  ]);
  expect(toldOf(withEntries(33, { Kids: '[]' }))).toContain('no at Fields[11]/Kids: its kids were changed');
  expect(toldOf({ 16: original[16]!.replace('17 0 R 18 0 R', '18 0 R 17 0 R') })).toContain(
    'no at Fields[6]/Kids: its kids were changed',
  );
});

test.each([
  ['(x)', '(<p>x</p>)'],
  ['(ab)', '(<?xml version="1.0"?><body><p style="color:red">a<b>b</b></p></body>)'],
  ['(a, b!)', '(<p>a - b</p>)'],
  ['(\\341)', '(<p>&#225;</p>)'],
  ['(a&b)', '(<p>a&amp;b</p>)'],
  ['(x)', '(<p>x&#99999999;</p>)'],
  ['(12)', '(<p>1</p><p>2</p>)'],
  ['()', '(<p></p>)'],
  ['', '(<p></p>)'],
])('rich text says what the value %s does: %s', (value, rich) => {
  expect(judge(withEntries(11, { V: value, RV: rich })).every(({ allowed }) => allowed)).toBe(true);
});

test.each([
  ['(x)', '(<p>y</p>)'],
  ['(x)', '(<p>x y</p>)'],
  ['(xy)', '(<p>x</p>)'],
  ['(100)', '(<p>100&#48;</p>)'],
  ['(100)', '(<p>100<![CDATA[0>]]></p>)'],
  ['(100)', '(<!DOCTYPE p [<!ENTITY a "0">]><p>100&a;</p>)'],
  ['(x)', '/x'],
  ['(x)', '<< >>'],
  ['', '(<p>x</p>)'],
])('rich text that says something else than the value %s is told: %s', (value, rich) => {
  const told = judge(withEntries(11, { V: value, RV: rich })).map(({ detail }) => detail);
  expect(told[0]).toBe('its rich text is none, or says something else');
});
