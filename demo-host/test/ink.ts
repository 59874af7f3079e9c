import { boxOf, countDifferences, findComponents, readPgm, type Box, type Picture } from './picture.ts';
import { findSignature, renderPage, type Place } from './tools.ts';

/** A corner of a line, as shares of the line's own width and height. */
export type Corner = readonly [x: number, y: number];

/** What the tests draw: a jagged line that no text looks like. */
export const jagged: readonly Corner[] = [
  [0, 0.25],
  [0.14, 1],
  [0.34, 0],
  [0.5, 0.85],
  [0.72, 0.1],
  [1, 0.7],
];

const dotsPerInch = 200;
const pixelsPerPoint = dotsPerInch / 72;
/** Line width and smoothing, in pixels: they grow with the line. */
const toleranceOf = (width: number): number => Math.max(6, width / 45);

/** What was found of an autograph on the page that shows it. */
export interface Found {
  place: Place;
  /** Width of the drawn line, as a share of the signature's. */
  share: number;
  /** Pixels that differ from the unsigned page outside of the signature; undefined where that page is new. */
  changedOutside: number | undefined;
}

/**
 * Renders the signed document and looks for the line inside the rectangle of the signature's widget.
 * Undefined where no ink there has the line's shape.
 */
export const findAutograph = async (signed: string, original: string): Promise<Found | undefined> => {
  const place = await findSignature(signed);
  const picture = await readPgm(await renderPage(signed, place.page, dotsPerInch));
  const box = toBox(place);
  const boxes = findComponents(picture, box, 170)
    .filter((component) => isLine(component, picture))
    .map((component) => boxOf(component, picture));
  const [found] = boxes;
  if (!found) return undefined;
  const before = await renderPage(original, place.page, dotsPerInch).then(readPgm, () => undefined);
  const changedOutside = before && countDifferences(before, picture, box);
  return { place, share: (found.right - found.left) / (box.right - box.left), changedOutside };
};

const toBox = ({ rectangle: [left, bottom, right, top], height }: Place): Box => ({
  left: Math.floor(left * pixelsPerPoint) - 1,
  top: Math.floor((height - top) * pixelsPerPoint) - 1,
  right: Math.ceil(right * pixelsPerPoint) + 1,
  bottom: Math.ceil((height - bottom) * pixelsPerPoint) + 1,
});

/** The ink covers the whole line, and nothing but the line. */
const isLine = (component: Set<number>, picture: Picture): boolean => {
  const { left, top, right, bottom } = boxOf(component, picture);
  if (right - left < 60 || bottom - top < 20) return false;
  const points = sample().map(([x, y]): Corner => [left + x * (right - left), top + y * (bottom - top)]);
  const pixels = [...component].map((at): Corner => [at % picture.width, Math.floor(at / picture.width)]);
  const tolerance = toleranceOf(right - left);
  return share(points, pixels, tolerance) > 0.95 && share(pixels, points, tolerance) > 0.95;
};

/** The share of `points` that have one of `others` near. */
const share = (points: readonly Corner[], others: readonly Corner[], tolerance: number): number => {
  const near = points.filter(([x, y]) => others.some(([a, b]) => Math.hypot(x - a, y - b) <= tolerance));
  return near.length / points.length;
};

const sample = (): Corner[] =>
  jagged.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = jagged[index]!;
    return Array.from({ length: 40 }, (_, i): Corner => [
      fromX + ((x - fromX) * i) / 40,
      fromY + ((y - fromY) * i) / 40,
    ]);
  });
