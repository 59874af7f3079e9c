import type { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { writeIndirectObject } from '@tu-esign/verifier/pdf/objects/write-object.ts';

/** An object of an update, and where it stands in the whole file. */
export interface Written {
  ref: PdfRef;
  offset: number;
}

/** Runs of consecutive object numbers. */
const subsections = (written: Written[]): Written[][] => {
  const runs: Written[][] = [];
  for (const entry of written.toSorted((a, b) => a.ref.number - b.ref.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.ref.number + 1 === entry.ref.number) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** ISO 32000-2, 7.5.4. */
export const writeTable = (trailer: PdfDict, written: Written[], start: number): Buffer => {
  const sections = subsections(written).map((run) => {
    const entries = run.map(({ ref, offset }) => `${pad(offset, 10)} ${pad(ref.generation, 5)} n\r\n`);
    return `${run[0]!.ref.number} ${run.length}\n${entries.join('')}`;
  });
  return Buffer.from(
    `xref\n${sections.join('')}trailer\n${trailer.toString()}\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
};

const rowOf = ({ ref, offset }: Written): Buffer => {
  const row = Buffer.alloc(8, 1);
  row.writeUIntBE(offset, 1, 5);
  row.writeUInt16BE(ref.generation, 6);
  return row;
};

/** 7.5.8; `own` is the stream itself, which begins behind all others. */
export const writeStream = (
  { trailer, objects }: { trailer: PdfDict; objects: IndirectObjects },
  written: Written[],
  own: Written,
): Buffer => {
  const runs = subsections([...written, own]);
  const stream = objects.stream(Buffer.concat(runs.flat().map(rowOf)), {
    ...Object.fromEntries(trailer.entries()),
    Type: 'XRef',
    W: [1, 5, 2],
    Index: runs.flatMap((run) => [run[0]!.ref.number, run.length]),
  });
  return Buffer.concat([writeIndirectObject(own.ref, stream), Buffer.from(`startxref\n${own.offset}\n%%EOF\n`)]);
};
