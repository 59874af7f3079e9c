import { calm, type Ink, type InkPoint } from './ink.ts';

// All lengths are CSS pixels of the pad, as the ink is.

/** A tap may slip as far, and is a dot all the same. */
const dot = 12;
/** What is no wider than this is straight, however the hand trembles. */
const tremble = 8;
/** All strokes together: an initial of two short ones has as much. */
const leastLength = 32;
/** A thumb that scrolls goes in a flat arc: it strays from the straight line by less than a fifth of its length. */
const flatness = 0.2;
/** And it does not turn about: its way is hardly longer than it reaches. */
const detour = 1.25;
/** Strokes that differ by less have one direction: sine of 20°. */
const oneWay = 0.34;
/** Strokes of one direction that lie within this share of their reach lie upon one another. */
const oneTrack = 1 / 3;

interface Direction {
  x: number;
  y: number;
}

/** A stroke that is no dot. */
interface Line {
  points: InkPoint[];
  direction: Direction;
  /** How far it goes in its direction, and across it. */
  along: number;
  across: number;
  /** Of the way that the pen went. */
  length: number;
}

/**
 * Whether there is enough ink for an autograph: more than dots, and more than one straight line as a thumb leaves
 * it that wanted to scroll the page, or did so several times. Two lines that cross, meet or stand side by side are one.
 */
export function isEnoughInk({ strokes }: Pick<Ink, 'strokes'>): boolean {
  const lines = strokes.map(({ points }) => lineOf(calm(points))).filter(({ along }) => along >= dot);
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  return length >= leastLength && !areOneLine(lines);
}

function areOneLine(lines: Line[]): boolean {
  if (!lines.every(isStraight)) return false;
  const { direction } = lines.reduce((one, other) => (other.along > one.along ? other : one));
  if (lines.some((line) => Math.abs(cross(line.direction, direction)) > oneWay)) return false;
  const { along, across } = extentOf(
    lines.flatMap(({ points }) => points),
    direction,
  );
  return across < Math.max(tremble, along * oneTrack);
}

const isStraight = ({ along, across, length }: Line): boolean =>
  across < tremble || (across < along * flatness && length < along * detour);

/** Its direction is that from its beginning to the point farthest from there. */
function lineOf(points: InkPoint[]): Line {
  const direction = towards(points[0]!, farthestFrom(points[0]!, points));
  return { points, direction, ...extentOf(points, direction), length: lengthOf(points) };
}

function farthestFrom(start: InkPoint, points: InkPoint[]): InkPoint {
  return points.reduce((one, other) => (distance(start, other) > distance(start, one) ? other : one));
}

function towards(from: InkPoint, to: InkPoint): Direction {
  const length = distance(from, to) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

function extentOf(points: InkPoint[], direction: Direction): { along: number; across: number } {
  return {
    along: rangeOf(points.map(({ x, y }) => x * direction.x + y * direction.y)),
    across: rangeOf(points.map((point) => cross(direction, point))),
  };
}

const rangeOf = (values: number[]): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity) -
  values.reduce((least, value) => Math.min(least, value), Infinity);

const lengthOf = (points: InkPoint[]): number =>
  points.slice(1).reduce((sum, point, index) => sum + distance(points[index]!, point), 0);

const cross = (one: Direction, other: Direction): number => one.x * other.y - one.y * other.x;

const distance = (one: InkPoint, other: InkPoint): number => Math.hypot(other.x - one.x, other.y - one.y);
