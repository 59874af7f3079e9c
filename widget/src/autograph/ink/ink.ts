import type { Strokes } from '@tu-esign/contract';

/** One sample: x and y in CSS pixels of the pad the ink was begun on, milliseconds, pressure 0 to 1. */
export interface InkPoint {
  x: number;
  y: number;
  time: number;
  pressure: number;
}

export type Pointer = Strokes['strokes'][number]['pointer'];

export interface InkStroke {
  pointer: Pointer;
  points: InkPoint[];
}

export interface Size {
  width: number;
  height: number;
}

/** All that is drawn, as drawn: a pad that changes its size changes the view, never the ink. */
export interface Ink extends Size {
  strokes: InkStroke[];
}

/** From the ink's coordinates to a pad's: x · scale + dx. */
export interface View {
  scale: number;
  dx: number;
  dy: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const emptyInk = (size: Size): Ink => ({ ...size, strokes: [] });

export const isEmpty = (ink: Ink): boolean => ink.strokes.length === 0;

/** The smallest box around every sample; null where there is none. */
export function boundsOf(ink: Ink): Box | null {
  if (isEmpty(ink)) return null;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { points } of ink.strokes) {
    for (const { x, y } of points) {
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

const margin = 6;

/** Shows the whole ink on a pad of this size: never enlarged, centred, and shrunk only where it must be. */
export function fit(ink: Ink, size: Size): View {
  const box = extentOf(ink);
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const scale = Math.min(1, size.width / width, size.height / height);
  return {
    scale,
    dx: (size.width - width * scale) / 2 - box.left * scale,
    dy: (size.height - height * scale) / 2 - box.top * scale,
  };
}

// The pad the ink was begun on, extended to the ink that was drawn beyond it on a wider pad.
function extentOf(ink: Ink): Box {
  const { width, height } = ink;
  const pad = { left: 0, top: 0, right: width, bottom: height };
  const bounds = boundsOf(ink) ?? pad;
  return {
    left: bounds.left < 0 ? bounds.left - margin : 0,
    top: bounds.top < 0 ? bounds.top - margin : 0,
    right: bounds.right > width ? bounds.right + margin : width,
    bottom: bounds.bottom > height ? bounds.bottom + margin : height,
  };
}

const near = 1.5;
const far = 4;
const calmAfter = 6;

/**
 * The samples worth drawing through. Every one is kept as evidence; but at 500 a second, pixels and
 * milliseconds are too coarse to tell a speed, and a line drawn through them all is beaded.
 */
export function calm(points: InkPoint[]): InkPoint[] {
  const drawn: InkPoint[] = [];
  for (const point of points) {
    const last = drawn.at(-1);
    if (!last || isApart(last, point)) drawn.push(point);
  }
  const end = points.at(-1);
  if (end && drawn.length > 1) drawn[drawn.length - 1] = end;
  return drawn;
}

function isApart(one: InkPoint, other: InkPoint): boolean {
  const distance = Math.hypot(other.x - one.x, other.y - one.y);
  return distance >= far || (distance >= near && other.time - one.time >= calmAfter);
}

const mostPoints = 20_000;
const mostStrokes = 1_000;
const farthest = 10_000;

/** The ink as it travels: time since the first sample, hundredths of a pixel. */
export function toStrokes(ink: Ink): Strokes {
  const start = ink.strokes[0]?.points[0]?.time ?? 0;
  const tuple = ({ x, y, time, pressure }: InkPoint): [number, number, number, number] => [
    round(clamp(x, farthest)),
    round(clamp(y, farthest)),
    round(Math.max(0, time - start)),
    round(Math.min(1, Math.max(0, pressure))),
  ];
  const strokes = ink.strokes.slice(0, mostStrokes).map(({ pointer, points }) => ({
    pointer,
    points: thin(points).map(tuple),
  }));
  return { version: 1, width: round(ink.width), height: round(ink.height), strokes };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

function thin(points: InkPoint[]): InkPoint[] {
  const every = Math.ceil(points.length / mostPoints);
  return every > 1 ? points.filter((_, index) => index % every === 0) : points;
}
