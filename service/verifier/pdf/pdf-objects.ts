import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject } from '@cantoo/pdf-lib';

/** Reading entries without believing their types: what is not as expected is not there. */
export const name = (text: string): PDFName => PDFName.of(text);

/** Never a stream's: who changes a dictionary would write it without its stream. */
export const dictAt = (dict: PDFDict, key: string): PDFDict | undefined => {
  const value = dict.lookup(name(key));
  return value instanceof PDFDict ? value : undefined;
};

export const arrayAt = (dict: PDFDict, key: string): PDFArray | undefined => {
  const value = dict.lookup(name(key));
  return value instanceof PDFArray ? value : undefined;
};

export const numberAt = (dict: PDFDict, key: string): number | undefined => asNumber(dict.lookup(name(key)));

export const nameAt = (dict: PDFDict, key: string): string | undefined => {
  const value = dict.lookup(name(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
};

export const asNumber = (value: PDFObject | undefined): number | undefined =>
  value instanceof PDFNumber ? value.asNumber() : undefined;

/** The members of an array, each looked up. */
export const members = (array: PDFArray | undefined): (PDFObject | undefined)[] =>
  array ? Array.from({ length: array.size() }, (_, index) => array.lookup(index)) : [];

/** An array of numbers of this length, or nothing. */
export const numbersAt = (dict: PDFDict, key: string, length: number): number[] | undefined => {
  const array = arrayAt(dict, key);
  // Not looked into where it is longer: many may share it.
  if (array?.size() !== length) return undefined;
  const values = members(array).map(asNumber);
  return values.every((value) => value !== undefined) ? values : undefined;
};
