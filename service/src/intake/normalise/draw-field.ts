import type { FontCollection } from '#appearance/embedded-fonts.ts';
import { fitText } from '#appearance/fit-text.ts';
import { drawable, measure, setText } from '#appearance/typeface.ts';
import type { FieldLook } from './field-look.ts';

const weight = 400;
/** Of the font size. */
const leading = 1.25;
const descent = 0.22;
const padding = 2;
const largest = 12;
const least = 4;

const format = (value: number): string => String(Number(value.toFixed(3)));

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

interface Line {
  text: string;
  x: number;
  y: number;
}

/** Lines, and the size at which they fit; a size that the field names stays. */
const fit = (text: string, look: FieldLook): { size: number; lines: string[] } => {
  const inset = 2 * (padding + look.borderWidth);
  const width = Math.max(1, look.width - inset);
  if (!look.multiline) {
    const whole = drawable(text.replaceAll(/\s+/g, ' '), weight);
    const fitting = Math.min(
      largest,
      (look.height - look.borderWidth * 2) / leading,
      width / (measure(whole, weight) || 1),
    );
    return { size: look.size || Math.max(least, fitting), lines: [whole] };
  }
  const paragraphs = text.split(/\r\n?|\n/);
  const setAt = (size: number): string[] =>
    paragraphs.flatMap((one) =>
      one.trim() ? fitText(one, { width, size, least: size, lines: 10_000, weight }).lines : [''],
    );
  let size = look.size || largest;
  for (; !look.size && size > least && setAt(size).length * size * leading > look.height - inset; size *= 0.94);
  return { size, lines: setAt(size) };
};

const place = ({ size, lines }: { size: number; lines: string[] }, look: FieldLook): Line[] => {
  const inset = padding + look.borderWidth;
  const first = look.multiline ? look.height - inset - size : (look.height - size) / 2 + descent * size;
  return lines.map((text, index) => {
    const free = look.width - 2 * inset - measure(text, weight) * size;
    const shift = { left: 0, centre: free / 2, right: free }[look.align];
    return { text, x: inset + shift, y: first - index * size * leading };
  });
};

const placeInCells = (text: string, size: number, { width, height, cells }: FieldLook): Line[] => {
  const cell = width / cells!;
  return Array.from(drawable(text, weight), (character, index) => ({
    text: character,
    x: (index + 0.5) * cell - (measure(character, weight) * size) / 2,
    y: (height - size) / 2 + descent * size,
  }));
};

const show = (fonts: FontCollection, { text, x, y }: Line, size: number): string => {
  const shown = setText(text, weight).map((run) => {
    const glyphs = run.glyphs.map(({ glyph }) => glyph.toString(16).padStart(4, '0')).join('');
    return `/${fonts.use(run)} ${format(size)} Tf <${glyphs}> Tj`;
  });
  return `BT ${format(x)} ${format(y)} Td ${shown.join(' ')} ET`;
};

/** The content of a field's appearance that says its value (ISO 32000-2, 12.7.4.3). */
export const drawField = (fonts: FontCollection, values: readonly string[], look: FieldLook): string => {
  const text = values.join('\n');
  const fitted = fit(
    text,
    look.cells ? { ...look, width: 10_000 } : values.length > 1 ? { ...look, multiline: true } : look,
  );
  const lines = look.cells
    ? placeInCells(text, fitted.size, look)
    : place(fitted, values.length > 1 ? { ...look, multiline: true } : look);
  return [
    ...drawFrame(look),
    `/Tx BMC q 0 0 ${format(look.width)} ${format(look.height)} re W n ${look.colour}`,
    ...lines.map((line) => show(fonts, line, fitted.size)),
    'Q EMC',
  ].join('\n');
};
