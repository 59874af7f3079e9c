import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { members, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { DocumentFindingName } from '@tu-esign/contract';
import type { Visited } from './walk-objects.ts';

/** A stream whose bytes are in another file (7.3.8.2, table 5), or a form that is a page of another one (8.10.4). */
const isExternal = ({ dict, stream }: Visited): boolean => {
  if (!stream) return false;
  // An inflated image's /F is its filter only within content; here it is a file.
  return dict.has('F') || dict.has('FFilter') || dict.has('FDecodeParms') || isReference(dict) || dict.has('OPI');
};

const isReference = (dict: PdfDict): boolean => nameAt(dict, 'Subtype') === 'Form' && dict.has('Ref');

/** What is drawn on paper alone: another picture (8.9.5.4), or a program for the printer (8.8.2). */
const isForPrint = ({ dict, stream }: Visited): boolean => {
  if (!stream) return false;
  if (nameAt(dict, 'Subtype') === 'PS' || nameAt(dict, 'Subtype2') === 'PS') return true;
  const others = dict.lookup('Alternates');
  return others instanceof PdfArray && others.length > 0;
};

/** A function (7.10), or one for each colour; names say that nothing is changed. */
const isFunction = (value: PdfObject | undefined): boolean => {
  if (value instanceof PdfArray) return members(value).some(isFunction);
  const dict = value instanceof PdfStream ? value.dict : value;
  return dict instanceof PdfDict && dict.has('FunctionType');
};

/**
 * What turns the colours of all that is drawn into others (10.5): printers heed it, of viewers some. A mask's own is
 * another thing, which all heed.
 */
const isTransferred = ({ dict }: Visited): boolean =>
  !dict.has('G') && ['TR', 'TR2'].some((key) => isFunction(dict.lookup(key)));

const media = new Set(['Movie', 'Sound', 'Screen', 'RichMedia', '3D']);

const isFile = (dict: PdfDict): boolean =>
  (nameAt(dict, 'Type') === 'Filespec' || nameAt(dict, 'Type') === 'F') && dict.lookup('EF') instanceof PdfDict;

/** What the content of one dictionary or stream is. */
export const findContent = (visited: Visited): DocumentFindingName | undefined => {
  const { dict } = visited;
  if (isExternal(visited)) return 'external-content';
  if (isForPrint(visited) || isTransferred(visited)) return 'print-content';
  if (isFile(dict) || dict.lookup('EF') instanceof PdfDict) return 'embedded-files';
  return dict.has('Rect') && media.has(nameAt(dict, 'Subtype') ?? '') ? 'multimedia' : undefined;
};
