import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import type { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { readOperations, type Operand } from '@tu-esign/verifier/page/content-tokens.ts';
import { readerOf, type ReadString } from '#page/font-text.ts';

const stringsOf = (operand: Operand): string[] => {
  if (Array.isArray(operand)) return operand.flatMap(stringsOf);
  return typeof operand === 'object' && operand && 'string' in operand ? [operand.string] : [];
};

const nameOf = (operand: Operand | undefined): string =>
  operand && typeof operand === 'object' && 'name' in operand ? operand.name : '';

const shows = new Set(['Tj', 'TJ', "'", '"']);

/** A field's appearance is a line or a few. */
const mostOperations = 20_000;

const fontIn = (resources: PdfDict | undefined, name: string): PdfDict | undefined => {
  const fonts = resources && dictAt(resources, 'Font');
  return fonts && dictAt(fonts, name);
};

const readAll = (form: PdfStream, defaults: PdfDict | undefined): string | undefined => {
  const readers = new Map<string, ReadString>();
  const readerNamed = (name: string): ReadString => {
    const found = fontIn(dictAt(form.dict, 'Resources'), name) ?? fontIn(defaults, name);
    const reader = readers.get(name) ?? readerOf(found);
    readers.set(name, reader);
    return reader;
  };
  let [text, read, operations] = ['', readerNamed(''), 0];
  for (const { operator, operands } of readOperations(decodeStream(form))) {
    if (++operations > mostOperations || operator === 'Do') return undefined;
    if (operator === 'Tf') read = readerNamed(nameOf(operands[0]));
    if (!shows.has(operator)) continue;
    const said = operands.flatMap(stringsOf).map((string) => read(string));
    if (said.includes(undefined)) return undefined;
    text += said.join('');
  }
  return text;
};

/** What a field's appearance says; undefined where that cannot be told. */
export const textOfAppearance = (form: PdfStream, defaults: PdfDict | undefined): string | undefined => {
  try {
    return readAll(form, defaults);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};
