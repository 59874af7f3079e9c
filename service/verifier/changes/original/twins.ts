import { equalBytes } from '#bytes.ts';
import { Fault } from '#pdf/fault.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import type { Page } from '#pdf/page-tree.ts';
import { isAmbiguous, keysOf, sameObject } from '#changes/revision/same-object.ts';

/** Whether an object of one file says the same as an object of another, whatever numbers and filters they are written with. */
export interface Twins {
  areTwins(one: PdfObject | undefined, other: PdfObject | undefined): boolean;
  /** The same of all entries of two dictionaries, but for these. */
  areAlike(one: PdfDict, other: PdfDict, without: ReadonlySet<string>): boolean;
}

/** How a stream is written is not what it says. An external file (/F) is. */
const encoding = new Set(['Length', 'Filter', 'DecodeParms', 'DL']);
const noKeys = new Set<string>();
const deepest = 1_000;

const tryDecode = (stream: PdfStream): Uint8Array | undefined => {
  try {
    return decodeStream(stream);
  } catch {
    return undefined;
  }
};

const placesOf = (pages: readonly Page[]): Map<PdfRef, number> => new Map(pages.map(({ ref }, at) => [ref, at]));

const lookUp = (pages: readonly Page[], object: PdfObject | undefined): PdfObject | undefined =>
  pages[0] ? pages[0].dict.source.lookup(object) : object;

/** Compares objects of two files. Pages are the same where they have the same place: they are compared by themselves. */
export const createTwins = (before: readonly Page[], after: readonly Page[]): Twins => {
  const [own, other] = [placesOf(before), placesOf(after)];
  const taken = new Map<PdfRef, Set<PdfRef>>();
  // Taken to be twins until one of them is found not to be: what refers to itself is compared once.
  const trail: [PdfRef, PdfRef][] = [];
  let depth = 0;

  const ofRefs = (a: PdfRef, b: PdfRef, values: [PdfObject | undefined, PdfObject | undefined]): boolean => {
    if (own.has(a) || other.has(b)) return own.get(a) === other.get(b);
    if (taken.get(a)?.has(b)) return true;
    (taken.get(a) ?? taken.set(a, new Set()).get(a)!).add(b);
    trail.push([a, b]);
    return ofValues(...values);
  };

  const ofDicts = (a: PdfDict, b: PdfDict, without: ReadonlySet<string>): boolean =>
    !isAmbiguous(a) &&
    !isAmbiguous(b) &&
    keysOf(a, b).every((key) => without.has(key) || compare(a, a.get(key), b, b.get(key)));

  const compare = (
    a: PdfDict | PdfArray,
    one: PdfObject | undefined,
    b: PdfDict | PdfArray,
    two: PdfObject | undefined,
  ) => {
    const values: [PdfObject | undefined, PdfObject | undefined] = [a.source.lookup(one), b.source.lookup(two)];
    if (one instanceof PdfRef && two instanceof PdfRef) return ofRefs(one, two, values);
    return ofValues(...values);
  };

  /** Equal as decoded, or to the letter: whatever only one of them can be decoded to is another thing. */
  const haveSameBytes = (one: PdfStream, other: PdfStream): boolean => {
    // By what it is decoded may stand apart as well, such as the symbols of a scan.
    const isWrittenAlike = ['Filter', 'DecodeParms'].every((key) =>
      compare(one.dict, one.dict.get(key), other.dict, other.dict.get(key)),
    );
    if (isWrittenAlike && equalBytes(one.contents, other.contents)) return true;
    const [a, b] = [tryDecode(one), tryDecode(other)];
    return a !== undefined && b !== undefined && equalBytes(a, b);
  };

  const ofValues = (one: PdfObject | undefined, two: PdfObject | undefined): boolean => {
    depth += 1;
    if (depth > deepest) throw new Fault('Objects are nested too deep');
    try {
      if (one instanceof PdfStream)
        return two instanceof PdfStream && ofDicts(one.dict, two.dict, encoding) && haveSameBytes(one, two);
      if (one instanceof PdfDict) return two instanceof PdfDict && ofDicts(one, two, noKeys);
      if (one instanceof PdfArray)
        return (
          two instanceof PdfArray &&
          one.length === two.length &&
          one.members().every((member, at) => compare(one, member, two, two.get(at)))
        );
      return sameObject(one, two);
    } finally {
      depth -= 1;
    }
  };

  const orForget = (found: () => boolean): boolean => {
    const mark = trail.length;
    if (found()) return true;
    for (const [a, b] of trail.splice(mark)) taken.get(a)?.delete(b);
    return false;
  };

  return {
    areTwins: (one, two) =>
      orForget(() => {
        const values: [PdfObject | undefined, PdfObject | undefined] = [lookUp(before, one), lookUp(after, two)];
        return one instanceof PdfRef && two instanceof PdfRef ? ofRefs(one, two, values) : ofValues(...values);
      }),
    areAlike: (one, two, without) => orForget(() => ofDicts(one, two, without)),
  };
};
