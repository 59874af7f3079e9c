import { appendUpdate, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import type { Party } from './certificates.ts';
import { signData, stampToken, type SignedDataShape, type TokenShape } from './signed-data.ts';

/** Documents that are written by hand and signed by keys of ours: small, and of whatever shape. */

export const stampForm = 'ETSI.RFC3161';
export const signForm = 'ETSI.CAdES.detached';

const blank = '0'.repeat(12_000);
/** Where the CMS goes; the last one of an update is filled. */
export const blankContents = `<${blank}>`;
const digits = 10;
const numbers = ['1', '2', '3'].map((digit) => digit.repeat(digits));
const range = `/ByteRange [0 ${numbers.join(' ')}]`;

export const catalogue = (fields: readonly number[] = [], entries = ''): string =>
  `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields.map((number) => `${number} 0 R`).join(' ')}] >> ${entries} >>`;

/** Nobody has signed it. */
export const plain = withTable([
  [1, catalogue()],
  [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
  [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>'],
  [4, streamOf('0 0 9 9 re f')],
]);

export interface HandSigned {
  /** Of the field; its value is the next one. */
  number: number;
  /** All fields of the form, this one among them. */
  fields: readonly number[];
  form?: string;
  /** CMS over what is covered. */
  sign: (covered: Buffer) => Buffer;
  /** Further entries of the value. */
  entries?: string;
  /** Of the value; by default the place itself. */
  contents?: string;
  /** Of the catalogue. */
  catalogued?: string;
  /** Further objects of the same update. */
  objects?: Record<number, string>;
}

const valueOf = ({ form = signForm, entries = '', contents = blankContents }: HandSigned): string =>
  `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${form} ${entries} ${range} /Contents ${contents} >>`;

const fieldOf = (number: number): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (f${number}) /V ${number + 1} 0 R /Rect [0 0 0 0] >>`;

/** An update in which somebody signs. */
export const signByHand = (before: Buffer, signed: HandSigned): Buffer => {
  const { number, fields, sign, catalogued, objects } = signed;
  const pdf = appendUpdate(before, {
    objects: { 1: catalogue(fields, catalogued), [number]: fieldOf(number), [number + 1]: valueOf(signed), ...objects },
  });
  const start = pdf.lastIndexOf(blankContents);
  const end = start + blank.length + 2;
  for (const [at, value] of [start, end, pdf.length - end].entries())
    pdf.write(String(value).padEnd(digits), pdf.lastIndexOf(numbers[at]!), 'latin1');
  const cms = sign(Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]));
  pdf.write(cms.toString('hex'), start + 1, 'latin1');
  return pdf;
};

export const signedBy =
  (by: Party, more: Partial<SignedDataShape> = {}) =>
  (content: Buffer): Buffer =>
    signData({ by, content, ...more });

export const stampedBy =
  (by: Party, more: Partial<TokenShape> = {}) =>
  (of: Buffer): Buffer =>
    stampToken({ by, of, ...more });
