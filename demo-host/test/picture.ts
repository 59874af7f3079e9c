import { readFile } from 'node:fs/promises';

/** A page drawn in grey: 0 is black, 255 white; row by row from the top. */
export interface Picture {
  width: number;
  height: number;
  levels: Uint8Array;
}

/** Pixels; `right` and `bottom` are just outside. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Reads a binary PGM (P5). */
export const readPgm = async (path: string): Promise<Picture> => {
  const bytes = await readFile(path);
  const [header = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  if (!header) throw new Error('not a PGM file');
  return { width: Number(width), height: Number(height), levels: bytes.subarray(header.length) };
};

const inside = ({ left, top, right, bottom }: Box, x: number, y: number): boolean =>
  x >= left && x < right && y >= top && y < bottom;

/** How many pixels differ visibly outside of a box. */
export const countDifferences = (one: Picture, other: Picture, outside: Box): number => {
  let count = 0;
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      const at = y * one.width + x;
      if (!inside(outside, x, y) && Math.abs(one.levels[at]! - other.levels[at]!) > 8) count++;
    }
  }
  return count;
};

/** Groups of dark pixels that touch, within a box: each a set of positions in `levels`. */
export const findComponents = ({ width, levels }: Picture, box: Box, darkerThan: number): Set<number>[] => {
  const isInk = (at: number) => inside(box, at % width, Math.floor(at / width)) && levels[at]! < darkerThan;
  const neighbours = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const seen = new Set<number>();
  const spread = (from: number): Set<number> => {
    const component = new Set([from]);
    for (const at of component) {
      for (const step of neighbours) if (isInk(at + step)) component.add(at + step);
    }
    return component;
  };
  const components: Set<number>[] = [];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const at = y * width + x;
      if (seen.has(at) || !isInk(at)) continue;
      const component = spread(at);
      component.forEach((member) => seen.add(member));
      components.push(component);
    }
  }
  return components;
};

export const boxOf = (component: Set<number>, { width }: Picture): Box => {
  const box = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  for (const at of component) {
    const x = at % width;
    const y = Math.floor(at / width);
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
};
