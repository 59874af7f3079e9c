import { Fault, ImpossibleFault } from '#pdf/fault.ts';
import { PdfArray, PdfDict, type PdfStream } from '#pdf/objects/containers.ts';
import { members, numberAt } from '#pdf/objects/entries.ts';
import { PdfName } from '#pdf/objects/object.ts';
import { decodeAscii85, decodeAsciiHex } from './ascii.ts';
import { decodeLzw } from './lzw.ts';
import { mostBytes } from './output.ts';
import { undoPrediction } from './prediction.ts';
import { decodeRunLength } from './run-length.ts';

type Filter = (bytes: Uint8Array, parameters: PdfDict | undefined, stream: PdfStream) => Uint8Array;

const inflate: Filter = (bytes, parameters, { dict }) => {
  try {
    return undoPrediction(dict.source.inflate(bytes, mostBytes), parameters);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('A compressed stream cannot be read', { cause: error });
  }
};

const expand: Filter = (bytes, parameters) => {
  const early = parameters && numberAt(parameters, 'EarlyChange') === 0 ? 0 : 1;
  return undoPrediction(decodeLzw(bytes, early), parameters);
};

/** ISO 32000-2, table 6. What images alone are compressed with is not here. */
const filters: Readonly<Record<string, Filter>> = {
  FlateDecode: inflate,
  // short for it in images within content (table 92), and written elsewhere too
  Fl: inflate,
  LZWDecode: expand,
  ASCII85Decode: decodeAscii85,
  ASCIIHexDecode: decodeAsciiHex,
  RunLengthDecode: decodeRunLength,
};

/** One behind the other: writers use two at most. */
const mostFilters = 8;

const listAt = (dict: PdfDict, key: string) => {
  const value = dict.lookup(key);
  return value instanceof PdfArray ? members(value) : value === undefined ? [] : [value];
};

/** The decoded bytes of a stream (ISO 32000-2, 7.4). @throws Fault when a filter fails or it grows too large */
export const decodeStream = (stream: PdfStream): Uint8Array => {
  const parameters = listAt(stream.dict, 'DecodeParms');
  const names = listAt(stream.dict, 'Filter');
  // /F is a filter within content only: here it names a file (table 5), which some readers would read.
  if (stream.dict.has('F')) throw new Fault('The bytes of a stream are in another file');
  if (names.length > mostFilters) throw new ImpossibleFault('A stream has too many filters');
  return names.reduce((bytes: Uint8Array, filter, index) => {
    if (!(filter instanceof PdfName)) throw new Fault('A filter without a name');
    if (!Object.hasOwn(filters, filter.text)) throw new Fault('A filter that is not known');
    const own = parameters[index];
    return filters[filter.text]!(bytes, own instanceof PdfDict ? own : undefined, stream);
  }, stream.contents);
};
