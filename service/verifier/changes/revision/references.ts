import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';

/**
 * A reference from one object to another, by their numbers: readers differ in what they make of generations. Its key is
 * the innermost one above it; undefined where it stands in an array that is an object of its own.
 */
export interface Edge {
  to: number;
  key: string | undefined;
}

/** In place of an object's number. */
export const trailerNumber = -1;
/** The key by which an object that lies in an object stream refers to that: who changes the stream changes the object. */
export const containerKey = 'ObjStm';

const collect = (object: PdfObject, key: string | undefined, found: Edge[]): void => {
  if (object instanceof PdfRef) found.push({ to: object.number, key });
  else if (object instanceof PdfArray) for (const member of object.members()) collect(member, key, found);
  else if (object instanceof PdfStream) collect(object.dict, key, found);
  else if (object instanceof PdfDict) for (const [own, value] of object.entries()) collect(value, own, found);
};

/** The object with a number, whatever its generation. @throws Fault where it cannot be read */
export const objectAt = ({ objects, crossReference, trailer }: PdfFile, number: number): PdfObject | undefined => {
  if (number === trailerNumber) return trailer;
  const place = crossReference.places.get(number);
  if (!place) return undefined;
  return objects.lookup(objects.ref(number, 'offset' in place ? place.generation : 0));
};

/** What a trailer refers to that anybody follows (ISO 32000-2, table 15); writers put more there, for themselves. */
const ofTrailer = ['Root', 'Info', 'Encrypt', 'ID'];

const trailerEdges = ({ trailer }: PdfFile): Edge[] => {
  const found: Edge[] = [];
  for (const key of ofTrailer) {
    const value = trailer.get(key);
    if (value) collect(value, key, found);
  }
  return found;
};

/** References of one object; none that are known where it cannot be read. */
interface Edges {
  edges: readonly Edge[];
  isRead: boolean;
}

const readEdges = (file: PdfFile, number: number): Edges => {
  if (number === trailerNumber) return { edges: trailerEdges(file), isRead: true };
  const edges: Edge[] = [];
  const place = file.crossReference.places.get(number);
  if (place && 'stream' in place) edges.push({ to: place.stream, key: containerKey });
  try {
    const object = objectAt(file, number);
    if (object) collect(object, undefined, edges);
    return { edges, isRead: true };
  } catch {
    return { edges, isRead: false };
  }
};

/** References of objects, read once for all revisions in which the object is the same. */
export interface EdgeCache {
  edgesOf: (file: PdfFile, number: number) => Edges;
  /** These are about to change. */
  forget: (numbers: Iterable<number>) => void;
}

export const createEdgeCache = (): EdgeCache => {
  const known = new Map<number, Edges>();
  return {
    edgesOf: (file, number) => {
      const edges = known.get(number) ?? readEdges(file, number);
      known.set(number, edges);
      return edges;
    },
    forget: (numbers) => {
      known.delete(trailerNumber);
      for (const number of numbers) known.delete(number);
    },
  };
};

/** A reference, seen from its target. */
export interface Usage {
  from: number;
  key: string | undefined;
}

/** What can be come to from the trailer of one revision. */
export interface Reach {
  /** Whether anything that can be come to refers to it: there need be no such object. */
  has: (number: number) => boolean;
  /** Of all objects, from the trailer on. */
  numbers: () => readonly number[];
  /** What refers to nobody knows what: it cannot be read. */
  unread: () => number[];
  /** All references to these. */
  usagesOf: (numbers: ReadonlySet<number>) => Map<number, Usage[]>;
  /** The shortest way to it, by keys and places. */
  pathTo: (number: number) => string;
}

const localPath = (object: PdfObject | undefined, number: number): string | undefined => {
  if (object instanceof PdfRef) return object.number === number ? '' : undefined;
  const entries: [string, PdfObject][] =
    object instanceof PdfArray
      ? object.members().map((member, at) => [`[${at}]`, member])
      : ((object instanceof PdfStream ? object.dict : object instanceof PdfDict ? object : undefined)
          ?.entries()
          .map(([key, value]) => [`/${key}`, value]) ?? []);
  for (const [step, value] of entries) {
    const rest = localPath(value, number);
    if (rest !== undefined) return step + rest;
  }
  return undefined;
};

const stepTo = (file: PdfFile, from: number, to: number): string => {
  try {
    return localPath(objectAt(file, from), to) ?? '/…';
  } catch {
    return '/…';
  }
};

/** Follows all references from the trailer on. */
export const reachFrom = (file: PdfFile, cache: EdgeCache): Reach => {
  const above = new Map<number, number>();
  const queue = [trailerNumber];
  const unread = (): number[] => queue.filter((number) => !cache.edgesOf(file, number).isRead);
  for (let at = 0; at < queue.length; at += 1) {
    for (const { to } of cache.edgesOf(file, queue[at]!).edges) {
      if (above.has(to)) continue;
      above.set(to, queue[at]!);
      queue.push(to);
    }
  }
  return {
    has: (number) => above.has(number),
    numbers: () => queue,
    unread,
    usagesOf: (numbers) => {
      const found = new Map<number, Usage[]>();
      for (const from of queue)
        for (const { to, key } of cache.edgesOf(file, from).edges)
          if (numbers.has(to)) (found.get(to) ?? found.set(to, []).get(to)!).push({ from, key });
      return found;
    },
    pathTo: (number) => {
      let path = '';
      for (let to = number; above.has(to); to = above.get(to)!) path = stepTo(file, above.get(to)!, to) + path;
      return path.slice(1);
    },
  };
};
