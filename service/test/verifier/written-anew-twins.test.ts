import { expect, test } from 'vitest';
import { compareOriginal } from '@tu-esign/verifier/changes/original/compare-original.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { open, streamOf } from '../fuzz/changes/append-update.ts';
import { stream, withTable } from '../hostile-pdfs.ts';

/** Objects of a document that is written anew say what the original's do, by whatever numbers and filters; or they are told. */

type Objects = Record<number, Buffer | string>;

const original = {
  1: '<< /Type /Catalog /Pages 2 0 R /Own 9 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [6 0 R 7 0 R] /Resources << /Font << /F1 8 0 R /F2 8 0 R >> /ProcSet [/PDF] /ExtGState << >> >> /Annots [12 0 R] >>',
  4: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
  5: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
  6: streamOf('1 0 0 rg'),
  7: streamOf('9 9 9 9 re f'),
  8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  9: '<< /List [1 [8 0 R]] /Page 4 0 R /Stream 10 0 R /Odd 11 0 R >>',
  10: streamOf('symbols'),
  11: streamOf('abc', '/Filter /JBIG2Decode'),
  12: '<< /AP << /N 13 0 R >> /Type /Annot /Subtype /Stamp /F 4 /Rect [72 300 200 360] >>',
  13: streamOf('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 128 60]'),
};

const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, Buffer | string] => [Number(number), body]));

/** What is found of the original with these objects, written anew with those. */
const compare = (others: Objects, ofBoth: Objects = {}) => {
  const [before, after] = [
    { ...original, ...ofBoth },
    { 99: '(anew)', ...original, ...ofBoth, ...others },
  ].map((objects) => open(write(objects)));
  const { kept, changes } = compareOriginal(before!, after!, nodePorts);
  return { kept, told: changes.map(({ path, detail }) => `${path}: ${detail}`) };
};

const altered = (number: keyof typeof original, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number].replace(from, to) };
};

/** Content that nobody can decode. */
const odd = (content: string): string => streamOf(content, '/Filter /Nobody');
const oddContent = { 6: odd('abc'), 7: odd('def') };

test.each<[string, Objects, Objects?]>([
  ['a stream with another filter', { 10: stream('', Buffer.from('symbols')) }],
  ['another number in a list', { ...altered(9, '[8 0 R]', '[30 0 R]'), 30: original[8] }],
  ['a long list', {}, altered(9, '[1 ', `[${'[] '.repeat(1_500)}`)],
  [
    'content in one piece',
    { ...altered(3, '[6 0 R 7 0 R]', '6 0 R'), 6: streamOf('1 0 0 rg\n9 9 9 9 re f'), 7: '<< >>' },
  ],
  ['content that nobody can decode', {}, oddContent],
  ['content with something else among it', {}, { 7: '<< >>' }],
  ['procedures that nobody needs any more', altered(3, '/ProcSet [/PDF]', '')],
  ['an empty list of resources that is no more', altered(3, '/ExtGState << >>', '')],
])('%s is no change', (_, others, ofBoth) => {
  expect(compare(others, ofBoth)).toEqual({ kept: true, told: [] });
});

const [changed, more] = ['page 1: it is not the original’s', 'page 1: something was done to it'];

test.each<[string, Objects, string, Objects?]>([
  ['content before what was there', { 6: streamOf('q Q 1 0 0 rg') }, more],
  ['content where there was none', altered(4, '>>', '/Contents 7 0 R >>'), more.replace('1', '2')],
  ['content in pieces that are split otherwise', { 6: streamOf('1 0 0 rg9'), 7: streamOf('9 9 9 re f') }, changed],
  ['the second of two that nobody can decode', { 7: odd('deg') }, changed, oddContent],
  ['the first of two that nobody can decode', { 6: odd('abd') }, changed, oddContent],
  ['one of two that nobody can decode', altered(3, '6 0 R 7 0 R', '6 0 R'), changed, oddContent],
  ['something else among content', { 7: '<< /X 1 >>' }, changed, { 7: '<< >>' }],
  ['no resources', { 3: original[3].replace(/\/Resources .* \/Annots/, '/Annots') }, changed],
  ['one of two fonts', altered(3, '/F2 8 0 R', '/F2 10 0 R'), changed],
  ['a scan that can be decoded now', { 11: streamOf('abc') }, 'Root/Own: it is not what it was'],
  ['a page that is none', { ...altered(9, '4 0 R', '30 0 R'), 30: original[4] }, 'Root/Own: it is not what it was'],
  [
    'another page that looks the same',
    altered(1, '/Own 9 0 R', '/Own 5 0 R'),
    'Root/Own: it is not what it was',
    altered(1, '/Own 9 0 R', '/Own 4 0 R'),
  ],
])('%s: told', (_, others, told, ofBoth) => {
  expect(compare(others, ofBoth)).toEqual({ kept: told !== changed, told: [told] });
});

/** Signed before a stamp whose look is compared with the signature's first. */
const signedBefore = (look: number): Objects => ({
  ...altered(3, '/Annots [12 0 R]', '/Annots [20 0 R 12 0 R]'),
  1: '<< /Type /Catalog /Pages 2 0 R /Own 9 0 R /AcroForm << /Fields [20 0 R] >> >>',
  12: original[12].replace('13 0 R', `${look} 0 R`),
  20: '<< /AP << /N 22 0 R >> /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 /V 21 0 R /Rect [320 500 500 560] >>',
  21: '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>',
  22: streamOf('0 0 1 rg 0 0 180 60 re f', '/Type /XObject /Subtype /Form /BBox [0 0 180 60]'),
});

test('what was found to be different once is different again', () => {
  expect(compare(signedBefore(13)).told).toEqual([]);
  expect(compare(signedBefore(22)).told).toEqual([more]);
});

test('what lies too deep is not followed', () => {
  const chain = Array.from({ length: 1_200 }, (_, at) => [100 + at, `[${101 + at} 0 R]`] as const);
  const deep = { ...altered(9, '[8 0 R]', '100 0 R'), ...Object.fromEntries(chain) };
  expect(() => compare({}, deep)).toThrow('Objects are nested too deep');
});
