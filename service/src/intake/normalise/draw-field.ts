import type { FontCollection } from '#appearance/lettering/embedded-fonts.ts';
import { fitText } from '#appearance/lettering/fit-text.ts';
import { format } from '#appearance/lettering/format.ts';
import { clustersOf, letter, type Lettering, type Line } from '#appearance/lettering/lettering.ts';
import { showLine } from '#appearance/lettering/show-line.ts';
import type { FieldLook } from './field-look.ts';

const weight = 400;
/** Of the font size. */
const leading = 1.25;
const descent = 0.22;
const padding = 2;
const largest = 12;
const least = 4;

const fillOperators: Record<number, string> = { 1: 'g', 3: 'rg', 4: 'k' };
const strokeOperators: Record<number, string> = { 1: 'G', 3: 'RG', 4: 'K' };

const drawFrame = ({ width, height, background, border, borderWidth }: FieldLook): string[] => {
  const half = borderWidth / 2;
  const inner = [half, half, width - borderWidth, height - borderWidth].map(format).join(' ');
  return [
    ...(background?.length
      ? [`${background.join(' ')} ${fillOperators[background.length]} 0 0 ${format(width)} ${format(height)} re f`]
      : []),
    ...(border?.length && borderWidth > 0
      ? [`${border.join(' ')} ${strokeOperators[border.length]} ${format(borderWidth)} w ${inner} re S`]
      : []),
  ];
};

/** What all fields of a document are set with. */
export interface Type {
  lettering: Lettering;
  fonts: FontCollection;
}

const lineOf = (text: string): Line => ({ text, weight });

/** Finds fonts for what fields say. */
export const letterValues = (values: readonly string[]): Promise<Lettering> =>
  letter(values.map((value) => lineOf(value.replaceAll(/\s+/g, ' '))));

interface Placed {
  text: string;
  x: number;
  y: number;
}

/** Lines, and the size at which they fit; a size that the field names stays. */
const fit = (lettering: Lettering, text: string, look: FieldLook): { size: number; lines: string[] } => {
  const inset = 2 * (padding + look.borderWidth);
  const width = Math.max(1, look.width - inset);
  if (!look.multiline) {
    const whole = lettering.drawable(lineOf(text.replaceAll(/\s+/g, ' ')));
    const fitting = Math.min(
      largest,
      (look.height - look.borderWidth * 2) / leading,
      width / (lettering.measure(lineOf(whole)) || 1),
    );
    return { size: look.size || Math.max(least, fitting), lines: [whole] };
  }
  const paragraphs = text.split(/\r\n?|\n/);
  const setAt = (size: number): string[] =>
    paragraphs.flatMap((one) =>
      one.trim()
        ? fitText(lettering, lineOf(one.replaceAll(/\s+/g, ' ')), { width, size, least: size, lines: 10_000 }).lines
        : [''],
    );
  let size = look.size || largest;
  for (; !look.size && size > least && setAt(size).length * size * leading > look.height - inset; size *= 0.94);
  return { size, lines: setAt(size) };
};

const place = (lettering: Lettering, { size, lines }: { size: number; lines: string[] }, look: FieldLook): Placed[] => {
  const inset = padding + look.borderWidth;
  const first = look.multiline ? look.height - inset - size : (look.height - size) / 2 + descent * size;
  return lines.map((text, index) => {
    const free = look.width - 2 * inset - lettering.measure(lineOf(text)) * size;
    const shift = { left: 0, centre: free / 2, right: free }[look.align];
    return { text, x: inset + shift, y: first - index * size * leading };
  });
};

const placeInCells = (
  lettering: Lettering,
  { text, size }: { text: string; size: number },
  look: FieldLook,
): Placed[] => {
  const cell = look.width / look.cells!;
  return clustersOf(lettering.drawable(lineOf(text))).map((cluster, index) => ({
    text: cluster,
    x: (index + 0.5) * cell - (lettering.measure(lineOf(cluster)) * size) / 2,
    y: (look.height - size) / 2 + descent * size,
  }));
};

/** The content of a field's appearance that says its value (ISO 32000-2, 12.7.4.3). */
export const drawField = ({ lettering, fonts }: Type, values: readonly string[], look: FieldLook): string => {
  const text = values.join('\n');
  if (text === '') return drawFrame(look).join('\n');
  const fitted = fit(
    lettering,
    text,
    look.cells ? { ...look, width: 10_000 } : values.length > 1 ? { ...look, multiline: true } : look,
  );
  const lines = look.cells
    ? placeInCells(lettering, { text, size: fitted.size }, look)
    : place(lettering, fitted, values.length > 1 ? { ...look, multiline: true } : look);
  return [
    ...drawFrame(look),
    `/Tx BMC q 0 0 ${format(look.width)} ${format(look.height)} re W n ${look.colour}`,
    ...lines.map((line) => showLine(lettering.set(lineOf(line.text)), fonts, { ...line, size: fitted.size })),
    'Q EMC',
  ].join('\n');
};
