import { deflateSync } from 'node:zlib';
import type { Autograph } from '#signing/autograph.ts';
import { inOwnColours, ownColours, readArchival } from './archival.ts';
import { autographImage } from './autograph-image.ts';
import { createFontCollection, type FontCollection } from './embedded-fonts.ts';
import type { Weight } from './fonts.ts';
import { listFacts, type Fact, type Facts } from './facts.ts';
import { fitText, type FitOptions } from './fit-text.ts';
import { letter, type Lettering, type Line } from './lettering.ts';
import { showLine } from './show-line.ts';
import type { View } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { format } from './format.ts';

/** Points. The drawing is laid out at this size at least, then scaled to the place it is given. */
export const preferredSize = { width: 264, height: 92 };

const ink = '0.11 0.13 0.17 rg';
const faded = '0.42 0.45 0.50 rg';
const rule = '0.70 0.73 0.77 RG 0.5 w';
const margin = 4;

/** What all of a drawing is set with. */
interface Type {
  lettering: Lettering;
  fonts: FontCollection;
}

interface Column {
  x: number;
  width: number;
}

const valueStyles: (Omit<FitOptions, 'width'> & { weight: Weight })[] = [
  { size: 10, least: 6, lines: 2, weight: 600 },
  { size: 7, least: 5, lines: 1, weight: 400 },
  { size: 7, least: 4.5, lines: 2, weight: 400 },
  { size: 5.6, least: 3.5, lines: 2, weight: 400 },
];

const labelLine = ({ label }: Fact): Line => ({ text: label.toUpperCase(), weight: 600 });
const valueLine = ({ value }: Fact, style: number): Line => ({ text: value, weight: valueStyles[style]!.weight });

/** A label in small capitals above its value; y grows downwards from the top of the fact. */
const layFact = (type: Type, fact: Fact, { x, width, style }: Column & { style: number }) => {
  const { weight, ...fitting } = valueStyles[style]!;
  const { size, lines } = fitText(type.lettering, valueLine(fact, style), { ...fitting, width });
  const leading = size * 1.22;
  const show = (line: Line, place: { x: number; y: number; size: number; spacing?: number }): string =>
    showLine(type.lettering.set(line), type.fonts, place);
  return {
    height: 5.4 + leading * lines.length + 2.6,
    draw: (top: number): string[] => [
      faded,
      show(labelLine(fact), { x, y: top - 4.6, size: 4.8, spacing: 0.35 }),
      ink,
      ...lines.map((text, index) => show({ text, weight }, { x, y: top - 5 - leading * (index + 0.88), size })),
    ],
  };
};

const layFacts = (
  type: Type,
  facts: Fact[],
  column: Column,
): { height: number; drawFrom: (top: number) => string[] } => {
  const laid = facts.map((fact, style) => layFact(type, fact, { ...column, style }));
  const height = laid.reduce((sum, own) => sum + own.height, 0);
  const drawFrom = (top: number): string[] => {
    let next = top;
    return laid.flatMap((own) => {
      const operators = own.draw(next);
      next -= own.height;
      return operators;
    });
  };
  return { height, drawFrom };
};

/** The autograph as large as it fits, resting on the rule. */
const layAutograph = ({ width, height }: Autograph, column: Column, room: number): string => {
  const scale = Math.min(column.width / width, room / height);
  const [w, h] = [width * scale, height * scale];
  const x = column.x + (column.width - w) / 2;
  return `q ${[w, 0, 0, h, x, margin + 3].map(format).join(' ')} cm /Autograph Do Q`;
};

const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `${format(x1)} ${format(y1)} m ${format(x2)} ${format(y2)} l S`;

const layOut = (type: Type, size: { width: number; height: number }, drawing: Drawing): string => {
  const { width, height } = size;
  const left = { x: margin, width: width * 0.4 - margin };
  const right = { x: width * 0.4 + 10, width: width * 0.6 - 10 - margin };
  const facts = layFacts(type, listFacts(drawing.facts), right);
  return [
    layAutograph(drawing.autograph, left, height - 2 * margin - 5),
    rule,
    line(left.x, margin, left.x + left.width, margin),
    line(right.x - 6, margin, right.x - 6, height - margin),
    ...facts.drawFrom((height + facts.height) / 2 + 0.5),
  ].join('\n');
};

export interface Drawing {
  facts: Facts;
  autograph: Autograph;
}

export interface AppearancePlace {
  /** Points. */
  width: number;
  /** Points. */
  height: number;
  rotation: View['rotation'];
}

// Turned against the page's own turning; viewers move and scale the result into /Rect (12.5.5).
export const turned: Record<View['rotation'], number[]> = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

const linesOf = (facts: Fact[]): Line[] => facts.flatMap((fact, style) => [labelLine(fact), valueLine(fact, style)]);

/** Draws a visible signature as a form XObject and adds it, with fonts and image, to the update. */
export const addAppearance = async (
  { update, file }: { update: IncrementalUpdate; file: PdfFile },
  { width, height, rotation }: AppearancePlace,
  drawing: Drawing,
): Promise<PdfRef> => {
  const { objects } = file;
  const archival = readArchival(file);
  const fonts = createFontCollection();
  const lettering = await letter(linesOf(listFacts(drawing.facts)));
  const scale = Math.min(width / preferredSize.width, height / preferredSize.height);
  const content = layOut({ lettering, fonts }, { width: width / scale, height: height / scale }, drawing);
  const own = archival.deviceColours ? undefined : ownColours;
  const image = update.add(autographImage(objects, drawing.autograph, own));
  const scaled = `q ${format(scale)} 0 0 ${format(scale)} 0 0 cm\n${content}\nQ`;
  return update.add(
    objects.stream(deflateSync(Buffer.from(own ? inOwnColours(scaled) : scaled, 'latin1')), {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, width, height],
      Matrix: turned[rotation],
      Resources: {
        Font: fonts.embed(update, objects, { cidSet: archival.part === 1 }),
        XObject: { Autograph: image },
        ...(own && { ColorSpace: { Own: own } }),
      },
      Filter: 'FlateDecode',
    }),
  );
};
