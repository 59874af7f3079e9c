import { deflateSync } from 'node:zlib';
import type { Autograph } from '#signing/autograph.ts';
import { inOwnColours, ownColours, readArchival } from './archival.ts';
import { autographImage } from './autograph-image.ts';
import { createFontCollection, type FontCollection } from './embedded-fonts.ts';
import { listFacts, type Fact, type Facts } from './facts.ts';
import { fitText, type FitOptions } from './fit-text.ts';
import type { View } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { setText, type Weight } from './typeface.ts';

/** Points. The drawing is laid out at this size at least, then scaled to the place it is given. */
export const preferredSize = { width: 264, height: 92 };

const ink = '0.11 0.13 0.17 rg';
const faded = '0.42 0.45 0.50 rg';
const rule = '0.70 0.73 0.77 RG 0.5 w';
const margin = 4;

const format = (value: number): string => String(Number(value.toFixed(3)));

/** Operators that show one line of text with its baseline at y. */
const showLine = (
  fonts: FontCollection,
  text: string,
  { x, y, size, weight, spacing = 0 }: { x: number; y: number; size: number; weight: Weight; spacing?: number },
): string => {
  const shown = setText(text, weight).map((run) => {
    const glyphs = run.glyphs.map(({ glyph }) => glyph.toString(16).padStart(4, '0')).join('');
    return `/${fonts.use(run)} ${format(size)} Tf <${glyphs}> Tj`;
  });
  return `BT ${format(spacing)} Tc ${format(x)} ${format(y)} Td ${shown.join(' ')} ET`;
};

interface Column {
  x: number;
  width: number;
}

const valueStyles: Omit<FitOptions, 'width'>[] = [
  { size: 10, least: 6, lines: 2, weight: 600 },
  { size: 7, least: 5, lines: 1, weight: 400 },
  { size: 7, least: 4.5, lines: 2, weight: 400 },
  { size: 5.6, least: 3.5, lines: 2, weight: 400 },
];

/** A label in small capitals above its value; y grows downwards from the top of the fact. */
const layFact = (fonts: FontCollection, { label, value }: Fact, column: Column & { style: number }) => {
  const style = valueStyles[column.style]!;
  const { size, lines } = fitText(value, { ...style, width: column.width });
  const leading = size * 1.22;
  return {
    height: 5.4 + leading * lines.length + 2.6,
    draw: (top: number): string[] => [
      faded,
      showLine(fonts, label.toUpperCase(), { x: column.x, y: top - 4.6, size: 4.8, weight: 600, spacing: 0.35 }),
      ink,
      ...lines.map((line, index) =>
        showLine(fonts, line, { x: column.x, y: top - 5 - leading * (index + 0.88), size, weight: style.weight }),
      ),
    ],
  };
};

const layFacts = (
  fonts: FontCollection,
  facts: Fact[],
  column: Column,
): { height: number; drawFrom: (top: number) => string[] } => {
  const laid = facts.map((fact, style) => layFact(fonts, fact, { ...column, style }));
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

const layOut = (fonts: FontCollection, size: { width: number; height: number }, drawing: Drawing): string => {
  const { width, height } = size;
  const left = { x: margin, width: width * 0.4 - margin };
  const right = { x: width * 0.4 + 10, width: width * 0.6 - 10 - margin };
  const facts = layFacts(fonts, listFacts(drawing.facts), right);
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
const turned: Record<View['rotation'], number[]> = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

/** Draws a visible signature as a form XObject and adds it, with fonts and image, to the update. */
export const addAppearance = (
  { update, file }: { update: IncrementalUpdate; file: PdfFile },
  { width, height, rotation }: AppearancePlace,
  drawing: Drawing,
): PdfRef => {
  const { objects } = file;
  const archival = readArchival(file);
  const fonts = createFontCollection();
  const scale = Math.min(width / preferredSize.width, height / preferredSize.height);
  const content = layOut(fonts, { width: width / scale, height: height / scale }, drawing);
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
