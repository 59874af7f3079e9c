import type { FontCollection } from '#appearance/lettering/embedded-fonts.ts';
import { fitText, type FitOptions, type FittedText } from '#appearance/lettering/fit-text.ts';
import type { Weight } from '#appearance/lettering/fonts.ts';
import { format } from '#appearance/lettering/format.ts';
import type { Lettering, Line } from '#appearance/lettering/lettering.ts';
import { showLine } from '#appearance/lettering/show-line.ts';
import { listFacts, type Fact, type Facts } from './facts.ts';
import { fitInk, layStamp, type Ink, type Part, type Stamp } from './stamp.ts';

const ink = '0.11 0.13 0.17 rg';
const faded = '0.42 0.45 0.50 rg';
const rule = '0.70 0.73 0.77 RG 0.5 w';

/** What all of a drawing is set with. */
export interface Type {
  lettering: Lettering;
  fonts: FontCollection;
}

type Style = Omit<FitOptions, 'width'> & { weight: Weight };

/** Beside the autograph: who, when, and by what name the process goes. */
const styles: readonly Style[] = [
  { size: 7.6, least: 4.5, lines: 3, weight: 600 },
  { size: 5.5, least: 4, lines: 3, weight: 400 },
  { size: 6, least: 4.5, lines: 1, weight: 400 },
];

const labelSize = 4.2;
const leadingOf = (size: number): number => size * 1.2;

const labelLine = ({ label }: Fact): Line => ({ text: label.toUpperCase(), weight: 600 });
const valueLine = ({ value }: Fact, style: number): Line => ({ text: value, weight: styles[style]!.weight });
const footLine = ({ label, value }: Fact): Line => ({ text: `${label}: ${value}`, weight: 400 });

/** All that is said, for finding fonts for it. */
export const linesOf = (facts: Facts): Line[] => {
  const all = listFacts(facts);
  const beside = all.slice(0, styles.length).flatMap((fact, style) => [labelLine(fact), valueLine(fact, style)]);
  return [...beside, ...all.map(footLine)];
};

interface LaidFact {
  fact: Fact;
  fitted: FittedText;
  weight: Weight;
  height: number;
}

const layFact = (
  type: Type,
  fact: Fact,
  { style, width, factor }: { style: number; width: number; factor: number },
) => {
  const { weight, size, least, lines } = styles[style]!;
  const fitting = { size: size * factor, least: least * factor, lines, width };
  const fitted = fitText(type.lettering, valueLine(fact, style), fitting);
  const height = (labelSize + 0.6) * factor + leadingOf(fitted.size) * fitted.lines.length + 2 * factor;
  return { fact, fitted, weight, height } satisfies LaidFact;
};

/** Below this, nobody would read it. */
const smallest = 0.5;

/** As large as all of it fits. */
const layBeside = (type: Type, facts: readonly Fact[], { facts: column }: Stamp) => {
  const room = column.top - column.bottom;
  for (let factor = 1; ; factor *= 0.95) {
    const laid = facts.map((fact, style) => layFact(type, fact, { style, width: column.width, factor }));
    const height = laid.reduce((sum, own) => sum + own.height, 0);
    if (height <= room || factor < smallest) return { laid, height, factor };
  }
};

const drawFact = (
  { lettering, fonts }: Type,
  { fact, fitted, weight }: LaidFact,
  { x, top, factor }: { x: number; top: number; factor: number },
): string[] => {
  const { size, lines } = fitted;
  const label = { x, y: top - labelSize * factor, size: labelSize * factor, spacing: 0.3 * factor };
  const first = top - (labelSize + 0.6) * factor - size * 0.95;
  return [
    faded,
    showLine(lettering.set(labelLine(fact)), fonts, label),
    ink,
    ...lines.map((text, at) =>
      showLine(lettering.set({ text, weight }), fonts, { x, y: first - leadingOf(size) * at, size }),
    ),
  ];
};

const drawBeside = (type: Type, beside: ReturnType<typeof layBeside>, { facts: column }: Stamp): string[] => {
  const { laid, height, factor } = beside;
  let top = (column.top + column.bottom + height) / 2;
  return laid.flatMap((own) => {
    const operators = drawFact(type, own, { x: column.x, top, factor });
    top -= own.height;
    return operators;
  });
};

const heightOf = (lines: { size: number }[]): number => lines.reduce((sum, { size }) => sum + leadingOf(size), 0);

const footSizes = [4.4, 4, 3.6, 3.2];

/** What has no room beside the autograph, in small type below: all of it, on as few lines as may be. */
const drawFoot = ({ lettering, fonts }: Type, facts: readonly Fact[], { foot }: Stamp): string[] => {
  const fitAt = (size: number) =>
    facts.flatMap((fact) => {
      const fitted = fitText(lettering, footLine(fact), { size, least: size * 0.8, lines: 2, width: foot.width });
      return fitted.lines.map((text) => ({ text, size: fitted.size }));
    });
  const lines = footSizes.map(fitAt).find((some) => heightOf(some) <= foot.height) ?? fitAt(footSizes.at(-1)!);
  let y = foot.y + foot.height;
  return lines.flatMap(({ text, size }) => {
    y -= leadingOf(size);
    return [showLine(lettering.set({ text, weight: 400 }), fonts, { x: foot.x, y: y + size * 0.25, size })];
  });
};

/** Draws ink into its part of a place. */
export const drawInk = (size: Ink, within: Part): string => {
  const { x, y, width, height } = fitInk(size, within);
  return `q ${[width, 0, 0, height, x, y].map(format).join(' ')} cm /Ink Do Q`;
};

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `${format(x1)} ${format(y1)} m ${format(x2)} ${format(y2)} l S`;

const isWhole = (fact: Fact, { lines: [text] }: FittedText, { lettering }: Type): boolean =>
  text === lettering.drawable({ text: fact.value, weight: 400 });

/** The operators of a stamp that is as large as its place. */
export const drawStamp = (
  type: Type,
  place: { width: number; height: number },
  drawing: { facts: Facts; ink: Ink },
) => {
  const stamp = layStamp(place);
  const [signatory, time, identifier, digest] = listFacts(drawing.facts);
  const beside = layBeside(type, [signatory, time, identifier], stamp);
  const isTold = isWhole(identifier, beside.laid[2]!.fitted, type);
  const scale = format(stamp.scale);
  return [
    `q ${scale} 0 0 ${scale} 0 0 cm`,
    drawInk(drawing.ink, stamp.ink),
    rule,
    line(stamp.line.from, stamp.line.y, stamp.line.to, stamp.line.y),
    ...drawBeside(type, beside, stamp),
    faded,
    ...drawFoot(type, isTold ? [digest] : [digest, identifier], stamp),
    'Q',
  ].join('\n');
};
