import { constants, inflateSync } from 'node:zlib';
import { decodePDFRawStream, PDFArray, PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { Fault, ImpossibleFault } from './fault.ts';
import { members, name, numberAt } from './pdf-objects.ts';

/** No stream that is read here grows beyond this many bytes: memory for these lies outside V8's limit. */
const mostBytes = 64 << 20;
// The other filters are decoded without such a limit; they multiply a thousandfold at worst.
const mostEncodedBytes = 256 << 10;
/** One behind the other: writers use two at most. */
const mostFilters = 8;

const inflate = (bytes: Uint8Array): Uint8Array => {
  try {
    // a stream that was cut short still gives what it has
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes });
  } catch (error) {
    throw new Fault('A compressed stream cannot be read', { cause: error });
  }
};

const paeth = (left: number, up: number, corner: number): number => {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};

const prediction = (type: number, left: number, up: number, corner: number): number => {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  return type === 4 ? paeth(left, up, corner) : 0;
};

/** Of as many bytes as are there: /Columns may name a row of any length. */
const undoPngPrediction = (bytes: Uint8Array, row: number, pixel: number): Uint8Array => {
  const rows = Math.ceil(bytes.length / (row + 1));
  const out = new Uint8Array(bytes.length - rows);
  for (let y = 0; y < rows; y += 1) {
    const type = bytes[y * (row + 1)]!;
    const end = Math.min((y + 1) * row, out.length);
    for (let at = y * row; at < end; at += 1) {
      const inRow = at - y * row;
      const left = inRow >= pixel ? out[at - pixel]! : 0;
      const up = y > 0 ? out[at - row]! : 0;
      const corner = inRow >= pixel && y > 0 ? out[at - row - pixel]! : 0;
      out[at] = bytes[at + y + 1]! + prediction(type, left, up, corner);
    }
  }
  return out;
};

/** ISO 32000-2, 7.4.4.4. */
const undoPrediction = (bytes: Uint8Array, parameters: PDFDict): Uint8Array => {
  const predictor = numberAt(parameters, 'Predictor') ?? 1;
  if (predictor < 2) return bytes;
  if (predictor < 10) throw new Fault('A predictor that structure and content do not use');
  const bits = (numberAt(parameters, 'Colors') ?? 1) * (numberAt(parameters, 'BitsPerComponent') ?? 8);
  const row = Math.ceil((bits * (numberAt(parameters, 'Columns') ?? 1)) / 8);
  if (!(row > 0 && row <= mostBytes)) throw new Fault('A predictor with impossible columns');
  return undoPngPrediction(bytes, row, Math.max(1, bits >> 3));
};

const decodeOne = (bytes: Uint8Array, filter: string, parameters: PDFDict): Uint8Array => {
  if (filter === 'FlateDecode' || filter === 'Fl') return undoPrediction(inflate(bytes), parameters);
  if (bytes.length > mostEncodedBytes) throw new Fault('A stream is too large for its filter');
  return undoPrediction(decodeByLibrary(bytes, filter, parameters), parameters);
};

const decodeByLibrary = (bytes: Uint8Array, filter: string, parameters: PDFDict): Uint8Array => {
  const dict = PDFDict.fromMapWithContext(new Map([[name('Filter'), name(filter)]]), parameters.context);
  try {
    return decodePDFRawStream(PDFRawStream.of(dict, bytes)).decode();
  } catch (error) {
    throw new Fault('A filter that is not known, or fails', { cause: error });
  }
};

const listAt = (dict: PDFDict, ...keys: string[]) => {
  const value = keys.map((key) => dict.lookup(name(key))).find((found) => found !== undefined);
  return value instanceof PDFArray ? members(value) : value === undefined ? [] : [value];
};

/** The decoded bytes of a stream (ISO 32000-2, 7.4). @throws Fault when a filter fails or it grows too large */
export const decodeStream = ({ dict, contents }: PDFRawStream): Uint8Array => {
  const parameters = listAt(dict, 'DecodeParms', 'DP');
  const filters = listAt(dict, 'Filter', 'F');
  if (filters.length > mostFilters) throw new ImpossibleFault('A stream has too many filters');
  return filters.reduce((bytes: Uint8Array, filter, index) => {
    const own = parameters[index];
    if (!(filter instanceof PDFName)) throw new Fault('A filter without a name');
    return decodeOne(bytes, filter.decodeText(), own instanceof PDFDict ? own : dict.context.obj({}));
  }, contents);
};
