import { equalBytes } from '#bytes.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { PdfBoolean, PdfName, pdfNull, PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfLiteralString, PdfString } from '#pdf/objects/strings.ts';

const sameArray = (one: PdfArray, other: PdfArray): boolean =>
  one.length === other.length && one.members().every((member, at) => sameEntry(member, other.get(at)));

const isWhole = (number: PdfNumber): boolean => !number.toString().includes('.');

/** Readers come to the same number by each of its spellings; not so where there are many digits, or a plus. */
const isPlainNumber = (number: PdfNumber): boolean => /^-?\d{0,9}(?:\.\d{0,9})?$/.test(number.toString());

/** Line ends as the file has them, and half a byte, are read by some as they stand, and by others not. */
const isPlainString = (string: PdfString): boolean => {
  const written = string.toString();
  if (string instanceof PdfLiteralString) return !written.includes('\r');
  return written.replaceAll(/[^0-9a-f]/gi, '').length % 2 === 0;
};

const sameNumber = (one: PdfNumber, other: PdfNumber): boolean =>
  one.value === other.value && [one, other].every(isPlainNumber);

const sameString = (one: PdfString, other: PdfString): boolean =>
  equalBytes(one.bytes(), other.bytes()) && [one, other].every(isPlainString);

/** A number may have to be a whole one: readers that find `8.0` there take it for missing. */
const sameEntry = (one: PdfObject | undefined, other: PdfObject | undefined): boolean => {
  if (one instanceof PdfNumber && other instanceof PdfNumber && isWhole(one) !== isWhole(other)) return false;
  return sameObject(one, other);
};

/** What is of numbers that need not be whole ones, as many writers write them anew. */
const ofReals = new Set(`MediaBox CropBox BleedBox TrimBox ArtBox Rect BBox Matrix QuadPoints`.split(/\s+/));

/** Whether two entries of a key say the same. */
export const sameUnder = (key: string, one: PdfObject | undefined, other: PdfObject | undefined): boolean => {
  if (!(ofReals.has(key) && one instanceof PdfArray && other instanceof PdfArray)) return sameEntry(one, other);
  return one.length === other.length && one.members().every((member, at) => sameObject(member, other.get(at)));
};

const sameDict = (one: PdfDict, other: PdfDict): boolean =>
  keysOf(one, other).every((key) => sameUnder(key, one.get(key), other.get(key)));

const sameStream = (one: PdfStream, other: PdfStream): boolean =>
  sameDict(one.dict, other.dict) && equalBytes(one.contents, other.contents);

const sameLeaf = (one: PdfObject, other: PdfObject): boolean => {
  if (one.constructor === other.constructor && one.toString() === other.toString()) return true;
  if (one instanceof PdfName) return other instanceof PdfName && one.text === other.text;
  if (one instanceof PdfNumber) return other instanceof PdfNumber && sameNumber(one, other);
  if (one instanceof PdfBoolean) return other instanceof PdfBoolean && one.value === other.value;
  if (one instanceof PdfString) return other instanceof PdfString && sameString(one, other);
  if (one instanceof PdfRef)
    return other instanceof PdfRef && one.number === other.number && one.generation === other.generation;
  return false;
};

/** Keys of either, each once. */
export const keysOf = (one: PdfDict | undefined, other: PdfDict | undefined): string[] => [
  ...new Set([one, other].flatMap((dict) => dict?.entries().map(([key]) => key) ?? [])),
];

/**
 * Whether two objects of two revisions say the same: values, keys, references by their numbers, and a stream's bytes as
 * they are encoded. What a reference refers to is not looked at. No object and null are the same.
 */
export const sameObject = (one: PdfObject | undefined, other: PdfObject | undefined): boolean => {
  const [a, b] = [one ?? pdfNull, other ?? pdfNull];
  if (a === b) return true;
  if (a instanceof PdfStream) return b instanceof PdfStream && sameStream(a, b);
  if (a instanceof PdfDict) return b instanceof PdfDict && sameDict(a, b);
  if (a instanceof PdfArray) return b instanceof PdfArray && sameArray(a, b);
  return sameLeaf(a, b);
};

/** The objects in it, as written. */
export const partsOf = (object: PdfObject): readonly PdfObject[] => {
  if (object instanceof PdfStream) return partsOf(object.dict);
  if (object instanceof PdfDict) return object.entries().map(([, value]) => value);
  return object instanceof PdfArray ? object.members() : [];
};

/** Whether a key stands twice in a dictionary of it: readers take the first, or the last. */
export const isAmbiguous = (object: PdfObject | undefined): boolean => {
  if (!object) return false;
  if (object instanceof PdfStream) return isAmbiguous(object.dict);
  if (object instanceof PdfDict && object.repeatedKeys.length > 0) return true;
  return partsOf(object).some(isAmbiguous);
};
