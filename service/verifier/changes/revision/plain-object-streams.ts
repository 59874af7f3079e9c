import type { Place } from '#pdf/cross-reference.ts';
import { Fault } from '#pdf/fault.ts';
import { createObjectStreamReader, type ObjectStream } from '#pdf/object-stream.ts';
import { PdfStream } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';

const require = (holds: boolean): void => {
  if (!holds) throw new Fault('A revision has an object stream that readers take for different things');
};

/** One after the other, each within what is left up to the next: some readers read no further. */
const requireOrder = (after: PdfFile, { bytes, offsets }: ObjectStream): void => {
  const starts = [...offsets.values(), bytes.length];
  for (const [at, number] of [...offsets.keys()].entries()) {
    const end = endOf(after, number);
    require(starts[at]! < starts[at + 1]! && (end === undefined || end <= starts[at + 1]!));
  }
};

const endOf = (after: PdfFile, number: number): number | undefined => {
  const place = after.crossReference.places.get(number);
  return place && 'stream' in place ? after.originOf(after.objects.ref(number))?.end : undefined;
};

/**
 * Each object in a stream is where an update says, by its number and by its place; and a stream that comes with the update
 * holds nothing else.
 * @throws Fault
 */
export const requirePlainObjectStreams = (after: PdfFile, named: ReadonlyMap<number, Place>): void => {
  const read = createObjectStreamReader();
  const known = new Map<number, ObjectStream>();
  const open = (number: number): ObjectStream => {
    const stream = after.objects.lookup(after.objects.ref(number));
    require(stream instanceof PdfStream && nameAt(stream.dict, 'Type') === 'ObjStm');
    const opened = known.get(number) ?? read(stream);
    known.set(number, opened);
    return opened;
  };
  for (const [number, place] of named)
    if ('stream' in place) require([...open(place.stream).offsets.keys()][place.index] === number);
  for (const [number, stream] of known) {
    if (!named.has(number)) continue;
    require([...stream.offsets.keys()].every((member) => isIn(named.get(member), number)));
    requireOrder(after, stream);
  }
};

const isIn = (place: Place | undefined, stream: number): boolean =>
  place !== undefined && 'stream' in place && place.stream === stream;
