import { posix } from 'node:path';
import { findCircles, type Graph } from './circles.ts';
import type { Imports } from './imports.ts';

/** Folders that hold rooms; a file that lies in one of them itself is in no room. */
const houses = ['service/src', 'service/verifier', 'service', 'widget/src', 'demo-host'];

/** The room a file lies in; undefined for what lies beside the rooms. Rooms within a room count as that. */
export const roomOf = (file: string): string | undefined => {
  const house = houses.find((folder) => file.startsWith(`${folder}/`))!;
  const [first, ...rest] = file.slice(house.length + 1).split('/');
  return rest.length ? posix.join(house, first!) : undefined;
};

/** Which rooms a room imports. */
export const roomGraph = (imports: Imports): Graph => {
  const graph = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const room = roomOf(file);
    if (!room) continue;
    const found = graph.get(room) ?? graph.set(room, new Set()).get(room)!;
    for (const other of imported.map(roomOf)) if (other && other !== room) found.add(other);
  }
  return new Map([...graph].map(([room, found]) => [room, [...found].sort()]));
};

/** How many files lie in each folder, those beside the rooms of a house included. */
export const sizes = (imports: Imports): Map<string, number> => {
  const found = new Map<string, number>();
  for (const file of imports.keys()) {
    const folder = posix.dirname(file);
    found.set(folder, (found.get(folder) ?? 0) + 1);
  }
  return found;
};

/** Each room's floor: 0 imports none, every other one lies a floor above the highest of those it imports. */
export const floorsOf = (graph: Graph): Map<string, number> => {
  const circles = findCircles(graph);
  if (circles.length) throw new Error(`Rooms import each other in a circle: ${circles.map(String).join('; ')}`);
  const floors = new Map<string, number>();
  const floorOf = (room: string): number => {
    const known = floors.get(room);
    if (known !== undefined) return known;
    const floor = Math.max(-1, ...(graph.get(room) ?? []).map(floorOf)) + 1;
    floors.set(room, floor);
    return floor;
  };
  for (const room of graph.keys()) floorOf(room);
  return floors;
};

/** Without the imports that follow from others: what leads there by way of a third room as well. */
export const reduce = (graph: Graph): Graph => {
  const reaches = (from: string, to: string): boolean =>
    (graph.get(from) ?? []).some((next) => next === to || reaches(next, to));
  return new Map(
    [...graph].map(([room, imported]) => [
      room,
      imported.filter((other) => !imported.some((between) => between !== other && reaches(between, other))),
    ]),
  );
};
