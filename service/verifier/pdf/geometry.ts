import type { Page } from './page-tree.ts';

/** Edges of an upright rectangle. */
export interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** `[a b c d e f]` (ISO 32000-2, 8.3.3). */
export type Matrix = readonly [number, number, number, number, number, number];

export type Point = readonly [number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export const multiply = (inner: Matrix, outer: Matrix): Matrix => [
  inner[0] * outer[0] + inner[1] * outer[2],
  inner[0] * outer[1] + inner[1] * outer[3],
  inner[2] * outer[0] + inner[3] * outer[2],
  inner[2] * outer[1] + inner[3] * outer[3],
  inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
  inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
];

export const transform = ([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point => [a * x + c * y + e, b * x + d * y + f];

export const boxOf = (points: Point[]): Box => {
  const box = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.bottom = Math.min(box.bottom, y);
    box.top = Math.max(box.top, y);
  }
  return box;
};

const corners = ({ left, bottom, right, top }: Box): Point[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
];

export const transformBox = (matrix: Matrix, box: Box): Box =>
  boxOf(corners(box).map((corner) => transform(matrix, corner)));

export const intersect = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  bottom: Math.max(a.bottom, b.bottom),
  right: Math.min(a.right, b.right),
  top: Math.min(a.top, b.top),
});

/** Of what is no box, none. */
export const areaOf = (box: Box): number => (isEmpty(box) ? 0 : (box.right - box.left) * (box.top - box.bottom));

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

export const isEmpty = ({ left, bottom, right, top }: Box): boolean => !(right > left && top > bottom);

/** How a page is shown: its size in points, and the way from shown points to the page's own units and back. */
export interface View {
  width: number;
  height: number;
  rotation: 0 | 90 | 180 | 270;
  toPage: Matrix;
  toView: Matrix;
}

const letter: Box = { left: 0, bottom: 0, right: 612, top: 792 };

/** A rectangle's numbers may come in any order (7.9.5). */
export const boxFromNumbers = (numbers: number[] | undefined): Box | undefined =>
  numbers && boxOf([numbers.slice(0, 2) as unknown as Point, numbers.slice(2) as unknown as Point]);

/** What is shown of a page: crop box within media box (14.11.2). In the page's own units. */
export const visibleBox = (page: Page): Box => {
  const media = boxFromNumbers(page.mediaBox);
  const whole = media && !isEmpty(media) ? media : letter;
  const crop = boxFromNumbers(page.cropBox);
  const shown = crop ? intersect(crop, whole) : whole;
  return isEmpty(shown) ? whole : shown;
};

/** By quarters; anything else is no rotation to viewers. */
const rotationOf = ({ rotate = 0 }: Page): View['rotation'] => {
  if (rotate % 90 !== 0) return 0;
  const turned = ((Math.round(rotate / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[turned]!;
};

const placed = ({ left, bottom, right, top }: Box): Record<View['rotation'], Matrix> => ({
  0: [1, 0, 0, 1, left, bottom],
  90: [0, 1, -1, 0, right, bottom],
  180: [-1, 0, 0, -1, right, top],
  270: [0, -1, 1, 0, left, top],
});

/** The inverse of a matrix of ours: turned by quarters, scaled and moved. */
const invert = ([a, b, c, d, e, f]: Matrix): Matrix => {
  const area = a * d - b * c;
  const [ia, ib, ic, id] = [d / area, -b / area, -c / area, a / area];
  return [ia, ib, ic, id, -(e * ia + f * ic), -(e * ib + f * id)];
};

/** How a page is shown: cropped, turned clockwise by /Rotate, in points whatever its /UserUnit. */
export const viewOf = (page: Page): View => {
  const box = visibleBox(page);
  const rotation = rotationOf(page);
  const toPage = multiply([1 / page.userUnit, 0, 0, 1 / page.userUnit, 0, 0], placed(box)[rotation]);
  const across = (box.right - box.left) * page.userUnit;
  const up = (box.top - box.bottom) * page.userUnit;
  const [width, height] = rotation % 180 ? [up, across] : [across, up];
  return { width, height, rotation, toPage, toView: invert(toPage) };
};
