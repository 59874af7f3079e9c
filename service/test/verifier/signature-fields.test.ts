import { expect, test } from 'vitest';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { ImpossibleFault } from '@tu-esign/verifier/pdf/fault.ts';
import { open } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';

/** Fields for signatures, wherever in the form they stand. */

type Objects = Record<number, string>;

const fieldsOf = (form: string, objects: Objects = {}) =>
  readSignatureFields(
    open(
      withTable([
        [1, `<< /Type /Catalog /Pages 2 0 R ${form} >>`],
        ...Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]),
      ]),
    ),
  );

/** Each by its number and name, and whether it is signed. */
const read = (fields: string, objects: Objects): string[] =>
  fieldsOf(`/AcroForm << /Fields ${fields} >>`, objects).map(
    ({ ref, name, value }) => `${ref.number} ${name}${value ? ' signed' : ''}`,
  );

test('fields are read in their order, signed and empty', () => {
  expect(
    read('[12 0 R 10 0 R 11 0 R]', {
      10: '<< /FT /Sig /T (a) /V << /Type /Sig >> >>',
      11: '<< /FT /Tx /T (b) /V (x) >>',
      12: '<< /FT /Sig /T (c) /V (x) >>',
    }),
  ).toEqual(['12 c', '10 a signed']);
});

test('a field within others has the names of all, and the type of the nearest that says one', () => {
  expect(
    read('[10 0 R]', {
      10: '<< /FT /Sig /T (a) /Kids [] >>',
    }),
  ).toEqual(['10 a']);
  expect(
    read('[10 0 R]', {
      10: '<< /T (a) /Kids [11 0 R 14 0 R] >>',
      11: '<< /FT /Sig /Kids [12 0 R 13 0 R] >>',
      12: '<< /T (b) >>',
      13: '<< /FT /Tx /T (c) /Kids [15 0 R] >>',
      14: '<< /FT /Sig >>',
      15: '<< /T (d) >>',
    }),
  ).toEqual(['12 a.b', '14 a']);
});

test('widgets of a field are no fields', () => {
  expect(read('[10 0 R]', { 10: '<< /FT /Sig /T (a) /Kids [11 0 R] >>', 11: '<< /Subtype /Widget >>' })).toEqual([
    '10 a',
  ]);
});

test('what is none is passed over, and what stands there twice is read once', () => {
  const field = '<< /FT /Sig /T (a) >>';
  expect(read(`[10 0 R ${field} 11 0 R 99 0 R 10 0 R]`, { 10: field, 11: '[]' })).toEqual(['10 a']);
  expect(read('[10 0 R]', { 10: '<< /T (a) /Kids [11 0 R 10 0 R] >>', 11: field })).toEqual(['11 a.a']);
  expect(fieldsOf('')).toEqual([]);
  expect(fieldsOf('/AcroForm << /Fields 10 0 R >>')).toEqual([]);
});

/** One within the other, so many, the last of which is for a signature. */
const nested = (depth: number): Objects => ({
  ...Object.fromEntries(Array.from({ length: depth }, (_, at) => [10 + at, `<< /Kids [${11 + at} 0 R] >>`])),
  [10 + depth]: '<< /FT /Sig /T (a) >>',
});

test('fields are looked for thirty-two steps down, and no further', () => {
  expect(read('[10 0 R]', nested(32))).toEqual(['42 a']);
  expect(read('[10 0 R]', nested(33))).toEqual([]);
});

/** What is found in so many fields that share one long list of kids. */
const shared = (count: number): string[] => {
  const fields = Array.from({ length: count }, (_, at) => [20 + at, '<< /Kids 10 0 R >>'] as const);
  const list = fields.map(([number]) => `${number} 0 R`).join(' ');
  return read(`[${list}]`, { ...Object.fromEntries(fields), 10: `[${'99 0 R '.repeat(20_000)}]` });
};

test('kids that many share are counted each time', () => {
  expect(shared(9)).toEqual([]);
  expect(() => shared(11)).toThrow(ImpossibleFault);
});
