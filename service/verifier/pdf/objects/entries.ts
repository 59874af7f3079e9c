import { PdfArray, PdfDict } from './containers.ts';
import { PdfName, PdfNumber, type PdfObject } from './object.ts';

/** Reading entries without believing their types: what is not as expected is not there. */

/** Never a stream's: who changes a dictionary would write it without its stream. */
export const dictAt = (dict: PdfDict, key: string): PdfDict | undefined => {
  const value = dict.lookup(key);
  return value instanceof PdfDict ? value : undefined;
};

export const arrayAt = (dict: PdfDict, key: string): PdfArray | undefined => {
  const value = dict.lookup(key);
  return value instanceof PdfArray ? value : undefined;
};

export const asNumber = (value: PdfObject | undefined): number | undefined =>
  value instanceof PdfNumber ? value.value : undefined;

export const numberAt = (dict: PdfDict, key: string): number | undefined => asNumber(dict.lookup(key));

export const nameAt = (dict: PdfDict, key: string): string | undefined => {
  const value = dict.lookup(key);
  return value instanceof PdfName ? value.text : undefined;
};

/** The members of an array, each looked up. */
export const members = (array: PdfArray | undefined): (PdfObject | undefined)[] =>
  array ? Array.from({ length: array.length }, (_, index) => array.lookup(index)) : [];

/** An array of numbers of this length, or nothing. */
export const numbersAt = (dict: PdfDict, key: string, length: number): number[] | undefined => {
  const array = arrayAt(dict, key);
  // Not looked into where it is longer: many may share it.
  if (array?.length !== length) return undefined;
  const values = members(array).map(asNumber);
  return values.every((value) => value !== undefined) ? values : undefined;
};
