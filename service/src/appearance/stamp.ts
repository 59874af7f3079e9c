/** A rectangle within a place, from its lower left corner. Points. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How large ink is drawn, in pixels: its proportions. */
export type Ink = Size;

interface Size {
  width: number;
  height: number;
}

/** Points. A stamp is laid out at this size at least, then scaled to the place it is given. */
export const preferredSize = { width: 264, height: 92 };

const margin = 3;
/** The digest, and what was too long to stand beside the autograph. */
const footHeight = 8;
/** Between the autograph and what is said beside it. */
const gap = 8;
/** Of what is said: so much of the width, and no more than anybody needs. */
const factsShare = 0.338;
const widestFacts = 130;

/** Where the parts of a stamp stand, in the units that it is laid out in; `scale` leads from those to points. */
export interface Stamp extends Size {
  scale: number;
  /** What the autograph fills: more than half of the whole. */
  ink: Part;
  /** The line below the autograph. */
  line: { from: number; to: number; y: number };
  facts: { x: number; width: number; bottom: number; top: number };
  foot: Part;
}

/** Lays out a stamp: led by the autograph, on a line, with the facts beside and below. */
export const layStamp = (place: Size): Stamp => {
  const scale = Math.min(place.width / preferredSize.width, place.height / preferredSize.height);
  const [width, height] = [place.width / scale, place.height / scale];
  const factsWidth = Math.min(width * factsShare, widestFacts);
  const y = margin + footHeight + 2;
  const ink = { x: margin, y, width: width - factsWidth - gap - 2 * margin, height: height - y - margin };
  return {
    width,
    height,
    scale,
    ink,
    line: { from: ink.x, to: ink.x + ink.width, y: y - 1 },
    facts: { x: ink.x + ink.width + gap, width: factsWidth, bottom: y - 1, top: height - margin },
    foot: { x: margin, y: margin, width: width - 2 * margin, height: footHeight },
  };
};

/** Where in a signature's place its autograph is drawn. */
export const inkOfStamp = (place: Size): Part => {
  const { scale, ink } = layStamp(place);
  return { x: ink.x * scale, y: ink.y * scale, width: ink.width * scale, height: ink.height * scale };
};

/** Around initials. */
const edge = 2;

/** Where in a place of initials these are drawn: nothing else is. */
export const inkOfInitials = ({ width, height }: Size): Part => ({
  x: edge,
  y: edge,
  width: width - 2 * edge,
  height: height - 2 * edge,
});

/** How ink is fitted: as large as it goes, in its proportions, centred across, its lowest point on the lower edge. */
export const fitInk = (ink: Ink, within: Part): Part => {
  const scale = Math.min(within.width / ink.width, within.height / ink.height);
  const [width, height] = [ink.width * scale, ink.height * scale];
  return { x: within.x + (within.width - width) / 2, y: within.y, width, height };
};
