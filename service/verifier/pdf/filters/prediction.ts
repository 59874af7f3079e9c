import { Fault } from '#pdf/fault.ts';
import type { PdfDict } from '#pdf/objects/containers.ts';
import { numberAt } from '#pdf/objects/entries.ts';
import { mostBytes } from './output.ts';

const paeth = (left: number, up: number, corner: number): number => {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};

const predict = (type: number, left: number, up: number, corner: number): number => {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  if (type === 4) return paeth(left, up, corner);
  // Some readers take it for none, others read nothing.
  if (type !== 0) throw new Fault('A predictor that there is not');
  return 0;
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
      out[at] = bytes[at + y + 1]! + predict(type, left, up, corner);
    }
  }
  return out;
};

/** ISO 32000-2, 7.4.4.4. @throws Fault for predictors of images alone */
export const undoPrediction = (bytes: Uint8Array, parameters: PdfDict | undefined): Uint8Array => {
  const numberOf = (key: string, otherwise: number) => (parameters && numberAt(parameters, key)) ?? otherwise;
  const predictor = numberOf('Predictor', 1);
  if (predictor < 2) return bytes;
  if (predictor < 10) throw new Fault('A predictor that structure and content do not use');
  const [colors, depth, columns] = [numberOf('Colors', 1), numberOf('BitsPerComponent', 8), numberOf('Columns', 1)];
  const row = Math.ceil((colors * depth * columns) / 8);
  // Parts of a column are cut off by some readers, and rounded by others.
  const areCounts = [colors, depth, columns].every((count) => Number.isInteger(count) && count > 0);
  if (!areCounts || row > mostBytes) throw new Fault('A predictor with impossible columns');
  // A pixel that takes part of a byte takes it as a whole.
  return undoPngPrediction(bytes, row, Math.ceil((colors * depth) / 8));
};
