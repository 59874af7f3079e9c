import { posix } from 'node:path';
import type { Graph } from './circles.ts';
import { floorsOf, reduce } from './rooms.ts';
import { everybodys, subjects, walk } from './subjects.ts';

const box = { width: 168, height: 48 };
const gap = { x: 20, y: 44 };
const margin = 28;
const heading = 64;

interface Placed {
  room: string;
  x: number;
  y: number;
}

const without = (graph: Graph, left: readonly string[]): Graph =>
  new Map(
    [...graph]
      .filter(([room]) => !left.includes(room))
      .map(([room, imported]) => [room, imported.filter((other) => !left.includes(other))]),
  );

const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** Rooms of each floor, the lowest first, each about above those that it imports. */
const arrange = (graph: Graph): string[][] => {
  const floors = floorsOf(graph);
  const rows = Array.from({ length: Math.max(...floors.values()) + 1 }, (_, floor) =>
    [...graph.keys()].filter((room) => floors.get(room) === floor).sort(),
  );
  const place = new Map<string, number>();
  for (const row of rows) {
    const wanted = (room: string): number => average((graph.get(room) ?? []).map((other) => place.get(other) ?? 0));
    row.sort((one, other) => wanted(one) - wanted(other) || (one < other ? -1 : 1));
    for (const [index, room] of row.entries()) place.set(room, index - (row.length - 1) / 2);
  }
  return rows;
};

const placeRooms = (rows: string[][], middle: number): Placed[] =>
  rows.toReversed().flatMap((row, index) =>
    row.map((room, at) => ({
      room,
      x: middle + (at - row.length / 2) * (box.width + gap.x) + gap.x / 2,
      y: heading + index * (box.height + gap.y),
    })),
  );

const drawRoom = ({ room, x, y }: Placed): string => {
  const step = walk.indexOf(room) + 1;
  const kind = step ? 'walk' : posix.dirname(room).split('/').pop()!;
  const badge = step
    ? `<circle class="step" cx="${x + 18}" cy="${y + 24}" r="11"/><text class="number" x="${x + 18}" y="${y + 28}">${step}</text>`
    : '';
  const left = x + (step ? 38 : 14);
  return [
    `<rect class="${kind}" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="9"/>`,
    `${badge}<text class="name" x="${left}" y="${y + 20}">${posix.basename(room)}</text>`,
    `<text class="subject" x="${left}" y="${y + 37}">${subjects[room] ?? ''}</text>`,
  ].join('\n');
};

const drawImport = (from: Placed, to: Placed): string => {
  const [x1, y1, x2, y2] = [from.x + box.width / 2, from.y + box.height, to.x + box.width / 2, to.y];
  const bend = (y2 - y1) / 2;
  return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}"/>`;
};

const style = `
  svg { font: 13px system-ui, sans-serif; --ink: #1f2937; --pale: #6b7280; --line: #b6bfcc; --room: #fff; --ground: #f6f7f9; --walk: #0f766e; --verifier: #7c3aed; }
  @media (prefers-color-scheme: dark) { svg { --ink: #e5e7eb; --pale: #9ca3af; --line: #4b5563; --room: #1f2937; --ground: #111827; --walk: #2dd4bf; --verifier: #a78bfa; } }
  .ground { fill: var(--ground); } rect { fill: var(--room); stroke: var(--line); } .walk { stroke: var(--walk); stroke-width: 2; }
  .verifier { stroke: var(--verifier); stroke-width: 1.5; } path { fill: none; stroke: var(--line); stroke-width: 1.2; }
  text { fill: var(--ink); } .name { font-weight: 600; } .subject, .note { fill: var(--pale); font-size: 11.5px; }
  .title { font-size: 16px; font-weight: 600; } .step { fill: var(--walk); } .number { fill: var(--room); font-weight: 700; text-anchor: middle; font-size: 12px; }`;

const drawHouse = (title: string, graph: Graph, middle: number): { placed: Placed[]; text: string } => {
  const seen = reduce(without(graph, everybodys));
  const placed = placeRooms(arrange(seen), middle);
  const at = new Map(placed.map((one) => [one.room, one]));
  const lines = placed.flatMap((from) => (seen.get(from.room) ?? []).map((room) => drawImport(from, at.get(room)!)));
  const heard = `<text class="title" x="${middle}" y="36" text-anchor="middle">${title}</text>`;
  return { placed, text: [heard, ...lines, ...placed.map(drawRoom)].join('\n') };
};

const only = (graph: Graph, house: string): Graph =>
  new Map(
    [...graph]
      .filter(([room]) => room.startsWith(house))
      .map(([room, imported]) => [room, imported.filter((other) => other.startsWith(house))]),
  );

const widthOf = (graph: Graph): number =>
  Math.max(...arrange(without(graph, everybodys)).map(({ length }) => length)) * (box.width + gap.x);

/**
 * The map of the house as an SVG: rooms on floors, each above what it imports, lines for imports that do not follow from
 * others, and the steps of the one walk.
 */
export const drawMap = (graph: Graph): string => {
  const service = only(graph, 'service/');
  const element = only(graph, 'widget/');
  const widths = [widthOf(service), widthOf(element)] as const;
  const houses = [
    drawHouse('service, contract and verifier', service, margin + widths[0] / 2),
    drawHouse('element', element, 3 * margin + widths[0] + widths[1] / 2),
  ];
  const lowest = Math.max(...houses.flatMap(({ placed }) => placed.map(({ y }) => y))) + box.height;
  const side = everybodys.map((room, index) =>
    drawRoom({ room, x: margin + index * (box.width + gap.x), y: lowest + gap.y }),
  );
  const [width, height] = [4 * margin + widths[0] + widths[1], lowest + 2 * gap.y + box.height + 14];
  const notes = [
    `<text class="note" x="${margin + 2 * (box.width + gap.x)}" y="${lowest + gap.y + 20}">Everybody may import these two, the verifier apart.</text>`,
    `<text class="note" x="${margin + 2 * (box.width + gap.x)}" y="${lowest + gap.y + 37}">Imports run downwards. Numbers: the walk of one autograph.</text>`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The rooms of tu-esign, and which imports which">`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="14" stroke="none"/>`,
    ...houses.map(({ text }) => text),
    ...side,
    ...notes,
    '</svg>\n',
  ].join('\n');
};
