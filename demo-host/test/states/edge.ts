import { decode, type DecodedPng } from 'fast-png';
import type { Page } from 'playwright-core';

/** Dots a CSS pixel, of the pages that are looked at: every edge is whole dots. */
export const density = 2;

/** CSS pixels around a part that are looked at: a focus ring is within them. */
const around = 8;
/** Of these, what is certainly the ground; and how far inside of a part its edge may be: a mark that turns has a larger box. */
const ground = 2;
const inside = 7;

type Colour = [red: number, green: number, blue: number];

const luminance = (colour: Colour): number => {
  const [red, green, blue] = colour.map((byte) =>
    byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
  ) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** WCAG 2.2's contrast of two colours. */
const contrast = (one: Colour, other: Colour): number => {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

interface Box {
  x: number;
  y: number;
  height: number;
}

/**
 * How far what is at the left edge of each part stands out from what is left of it, as the screen shows it: browsers
 * draw checkboxes and rings with colours that no style tells. Of a dashed edge, the dashes. All of the page is in view.
 */
export const edgeContrasts = async (page: Page, parts: string[]): Promise<[part: string, contrast: number][]> => {
  const places = Array.from(parts, (part) => page.locator(`tu-esign ${part}`).first().boundingBox());
  const boxes = (await Promise.all(places)) as Box[];
  const clip = surround(boxes);
  const picture = decode(await page.screenshot({ clip, animations: 'disabled' }));
  return parts.map((part, index) => {
    const { x, y, height } = boxes[index]!;
    return [part, contrastAtEdge(picture, { x: x - clip.x, y: y - clip.y, height })];
  });
};

/** The least of the page, in whole pixels, that shows all left edges. */
const surround = (boxes: Box[]) => {
  const [x, y] = [leastOf(boxes.map((box) => box.x - around)), leastOf(boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + inside + 1));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height + 1));
  return { x, y, width: Math.ceil(right - x), height: Math.ceil(bottom - y) };
};

const leastOf = (numbers: number[]): number => Math.floor(Math.min(...numbers));

const contrastAtEdge = ({ width, channels, data }: DecodedPng, { x, y, height }: Box): number => {
  const colourAt = (column: number, row: number) => {
    const at = (Math.floor(row * density) * width + Math.floor(column * density)) * channels;
    return Array.from(data.subarray(at, at + 3)) as Colour;
  };
  let best = 1;
  // Round corners are no straight edge.
  for (let row = y + height * 0.4; row < y + height * 0.6; row += 1 / density) {
    const paper = colourAt(x - around, row);
    for (let column = x - around + ground; column < x + inside; column += 1 / density)
      best = Math.max(best, contrast(paper, colourAt(column, row)));
  }
  return best;
};
