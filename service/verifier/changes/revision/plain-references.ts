import { Fault } from '#pdf/fault.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { requirePlainObjectStreams } from './plain-object-streams.ts';
import { requireHeader } from './plain-update.ts';
import { objectAt } from './references.ts';
import { partsOf } from './same-object.ts';

/** All references that are written in an object. */
const collect = (object: PdfObject, found: Map<string, PdfRef>): void => {
  if (object instanceof PdfRef) found.set(object.toString(), object);
  else for (const part of partsOf(object)) collect(part, found);
};

const referencesIn = (file: PdfFile, number: number): Map<string, PdfRef> => {
  const found = new Map<string, PdfRef>();
  try {
    const object = objectAt(file, number);
    if (object) collect(object, found);
  } catch {
    // What cannot be read is told by itself.
  }
  return found;
};

/** Why readers may not find what a reference refers to, and then look for objects in all of the file. */
const faultOf = (after: PdfFile, { number, generation }: PdfRef): string | undefined => {
  const place = after.crossReference.places.get(number);
  if (!place) return undefined;
  if (generation !== ('offset' in place ? place.generation : 0)) return 'it is referred to by another generation';
  try {
    if ('offset' in place) requireHeader(after, number, place);
    else requirePlainObjectStreams(after, new Map([[number, place]]));
    objectAt(after, number);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return 'it is not where the cross-reference says';
    throw error;
  }
};

/** An object that an update refers to as nothing did before, and what readers may make of it. */
export interface OddReference {
  number: number;
  fault: string;
}

/** What lay in the file unread may be looked at for the first time: it must be there as every reader finds it. */
export const findOddReferences = (
  { before, after }: { before: PdfFile; after: PdfFile },
  numbers: Iterable<number>,
): OddReference[] => {
  const odd = new Map<number, OddReference>();
  for (const holder of numbers) {
    const known = referencesIn(before, holder);
    for (const [written, ref] of referencesIn(after, holder)) {
      const fault = known.has(written) ? undefined : faultOf(after, ref);
      if (fault) odd.set(ref.number, { number: ref.number, fault });
    }
  }
  return [...odd.values()];
};
