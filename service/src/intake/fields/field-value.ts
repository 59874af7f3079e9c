import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfArray, PdfStream, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { members } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { decodeText } from '@tu-esign/verifier/pdf/objects/text.ts';
import { inherited, optionsOf } from './widgets.ts';

const textOf = (value: PdfObject | undefined): string => {
  if (value instanceof PdfString) return value.text();
  if (value instanceof PdfName) return value.text;
  if (!(value instanceof PdfStream)) return '';
  try {
    return decodeText(decodeStream(value));
  } catch (error) {
    if (error instanceof Fault) return '';
    throw error;
  }
};

export const textAt = (dict: PdfDict, key: string): string => textOf(dict.lookup(key));

/** What a reader sees for a value that is chosen: pairs are what is sent and what is shown (ISO 32000-2, 12.7.5.4). */
const shownFor = (field: PdfDict, chosen: string): string => {
  for (const option of optionsOf(field)) {
    if (!(option instanceof PdfArray)) continue;
    const [sent, shown] = members(option);
    if (textOf(sent) === chosen) return textOf(shown);
  }
  return chosen;
};

/** The lines that a text field or a choice has to show. */
export const valueOf = (field: PdfDict, kind: string): string[] => {
  const value = inherited(field, 'V');
  const values = (value instanceof PdfArray ? members(value) : [value]).map(textOf).filter((text) => text !== '');
  return kind === 'Ch' ? values.map((chosen) => shownFor(field, chosen)) : values;
};
