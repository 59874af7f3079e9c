import { boxFromNumbers } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { asNumber, dictAt, numberAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { fieldFlag, flagsOf, inherited } from '#intake/fields/widgets.ts';
import { readOperations } from '@tu-esign/verifier/page/content-tokens.ts';

/** How a field wants its text to be set (ISO 32000-2, 12.7.4.3, 12.5.6.19). */
export interface FieldLook {
  width: number;
  height: number;
  /** Points; 0 where the text is to fit. */
  size: number;
  /** Operator that sets the text's colour. */
  colour: string;
  align: 'left' | 'centre' | 'right';
  multiline: boolean;
  /** Cells, each of which takes a character; undefined for running text. */
  cells: number | undefined;
  /** Degrees. */
  rotation: number;
  background: number[] | undefined;
  border: number[] | undefined;
  borderWidth: number;
}

const colours = new Set(['g', 'rg', 'k']);

const readDefaults = (text: string): { size: number; colour: string } => {
  const look = { size: 0, colour: '0 g' };
  for (const { operator, operands } of readOperations(Buffer.from(text, 'latin1'))) {
    const numbers = operands.filter((operand) => typeof operand === 'number');
    if (operator === 'Tf') look.size = Math.abs(numbers[0] ?? 0);
    if (colours.has(operator)) look.colour = `${numbers.join(' ')} ${operator}`;
  }
  return look;
};

const alignments = ['left', 'centre', 'right'] as const;

const colourAt = (look: PdfDict | undefined, key: string): number[] | undefined =>
  look && [1, 3, 4].map((length) => numbersAt(look, key, length)).find((numbers) => numbers !== undefined);

const defaultsOf = (field: PdfDict, form: PdfDict): string => {
  const own = inherited(field, 'DA') ?? form.lookup('DA');
  return own instanceof PdfString ? Buffer.from(own.bytes()).toString('latin1') : '';
};

export const lookOf = (widget: PdfDict, form: PdfDict): FieldLook => {
  const { left, bottom, right, top } = boxFromNumbers(numbersAt(widget, 'Rect', 4))!;
  const look = dictAt(widget, 'MK');
  const style = dictAt(widget, 'BS');
  const rotation = ((((look && numberAt(look, 'R')) ?? 0) % 360) + 360) % 360;
  const isTurned = rotation % 180 !== 0;
  const [flags, most] = [flagsOf(widget), asNumber(inherited(widget, 'MaxLen'))];
  const border = colourAt(look, 'BC');
  return {
    ...readDefaults(defaultsOf(widget, form)),
    width: isTurned ? top - bottom : right - left,
    height: isTurned ? right - left : top - bottom,
    align: alignments[asNumber(inherited(widget, 'Q') ?? form.lookup('Q')) ?? 0] ?? 'left',
    multiline: (flags & fieldFlag.multiline) !== 0,
    cells: flags & fieldFlag.comb ? most : undefined,
    rotation,
    background: colourAt(look, 'BG'),
    border,
    borderWidth: border ? ((style && numberAt(style, 'W')) ?? 1) : 0,
  };
};
