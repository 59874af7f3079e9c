import { randomBytes } from 'node:crypto';
import { PDFArray, PDFHexString, type PDFDict, type PDFObject, type PDFRef } from '@cantoo/pdf-lib';
import { name } from '@tu-esign/verifier/pdf/pdf-objects.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** Objects to append to a file, new ones and new versions of old ones (ISO 32000-2, 7.5.6). */
export interface IncrementalUpdate {
  /** Adds a new object. */
  add(object: PDFObject): PDFRef;
  /** Writes an object, new or changed, again. */
  rewrite(ref: PDFRef, object: PDFObject): void;
  /** The bytes to append, `last` at the end of the objects; and where in the whole file `last` begins. */
  write(last: { ref: PDFRef; text: string }): { bytes: Buffer; lastStart: number };
}

interface Written {
  ref: PDFRef;
  offset: number;
}

const serialize = (ref: PDFRef, object: PDFObject): Buffer => {
  const body = Buffer.alloc(object.sizeInBytes());
  object.copyBytesInto(body, 0);
  return wrap(ref, body);
};

const wrap = (ref: PDFRef, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${ref.objectNumber} ${ref.generationNumber} obj\n`), body, Buffer.from('\nendobj\n')]);

/** Runs of consecutive object numbers. */
const subsections = (written: Written[]): Written[][] => {
  const runs: Written[][] = [];
  for (const entry of written.toSorted((a, b) => a.ref.objectNumber - b.ref.objectNumber)) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.ref.objectNumber + 1 === entry.ref.objectNumber) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

const writeTable = (trailer: PDFDict, written: Written[], start: number): Buffer => {
  const sections = subsections(written).map((run) => {
    const entries = run.map(({ ref, offset }) => `${pad(offset, 10)} ${pad(ref.generationNumber, 5)} n\r\n`);
    return `${run[0]!.ref.objectNumber} ${run.length}\n${entries.join('')}`;
  });
  return Buffer.from(
    `xref\n${sections.join('')}trailer\n${trailer.toString()}\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
};

const writeStream = (trailer: PDFDict, written: Written[], { ref, start }: { ref: PDFRef; start: number }): Buffer => {
  const runs = subsections([...written, { ref, offset: start }]);
  const rows = runs.flat().map((entry) => {
    const row = Buffer.alloc(8, 1);
    row.writeUIntBE(entry.offset, 1, 5);
    row.writeUInt16BE(entry.ref.generationNumber, 6);
    return row;
  });
  trailer.set(name('Type'), name('XRef'));
  trailer.set(name('W'), trailer.context.obj([1, 5, 2]));
  trailer.set(name('Index'), trailer.context.obj(runs.flatMap((run) => [run[0]!.ref.objectNumber, run.length])));
  const stream = trailer.context.stream(Buffer.concat(rows));
  for (const [key, value] of trailer.entries()) stream.dict.set(key, value);
  return Buffer.concat([serialize(ref, stream), Buffer.from(`startxref\n${start}\n%%EOF\n`)]);
};

/** The second half of /ID changes with the file (14.4). */
const identifiers = (file: PdfFile): PDFObject | undefined => {
  const id = file.trailer.lookup(name('ID'));
  if (!(id instanceof PDFArray) || id.size() !== 2) return id;
  const renewed = PDFArray.withContext(file.context);
  renewed.push(id.get(0));
  renewed.push(PDFHexString.fromBytes(randomBytes(16)));
  return renewed;
};

const trailerOf = (file: PdfFile, size: number): PDFDict => {
  const { trailer, crossReference, context } = file;
  return context.obj({
    Size: size,
    Root: trailer.get(name('Root'))!,
    ...(trailer.has(name('Info')) && { Info: trailer.get(name('Info'))! }),
    ...(trailer.has(name('ID')) && { ID: identifiers(file)! }),
    Prev: crossReference.start,
  });
};

export const createIncrementalUpdate = (file: PdfFile): IncrementalUpdate => {
  const { context, crossReference } = file;
  const changed = new Map<PDFRef, PDFObject>();
  const rewrite = (ref: PDFRef, object: PDFObject): void => {
    changed.set(ref, object);
  };
  return {
    rewrite,
    add: (object) => {
      const ref = context.register(object);
      rewrite(ref, object);
      return ref;
    },
    write: (last) => {
      // A line end that some files lack after %%EOF.
      const parts: Uint8Array[] = [Buffer.from('\n')];
      let end = file.bytes.length + 1;
      const written: Written[] = [];
      const append = (ref: PDFRef, part: Buffer): void => {
        written.push({ ref, offset: end });
        parts.push(part);
        end += part.length;
      };
      for (const [ref, object] of changed) append(ref, serialize(ref, object));
      const lastStart = end;
      append(last.ref, wrap(last.ref, Buffer.from(last.text, 'latin1')));
      if (crossReference.kind === 'table') {
        parts.push(writeTable(trailerOf(file, context.largestObjectNumber + 1), written, end));
      } else {
        const ref = context.nextRef();
        parts.push(writeStream(trailerOf(file, context.largestObjectNumber + 1), written, { ref, start: end }));
      }
      return { bytes: Buffer.concat(parts), lastStart };
    },
  };
};
