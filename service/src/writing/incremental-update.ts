import { randomBytes } from 'node:crypto';
import { PdfArray, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { PdfObject, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { writeIndirectObject } from '@tu-esign/verifier/pdf/objects/write-object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { writeStream, writeTable, type Written } from './write-cross-reference.ts';

/** Objects to append to a file, new ones and new versions of old ones (ISO 32000-2, 7.5.6). */
export interface IncrementalUpdate {
  /** Adds a new object. */
  add(object: PdfObject): PdfRef;
  /** Writes an object, new or changed, again. */
  rewrite(ref: PdfRef, object: PdfObject): void;
  /** The bytes to append, `last` at the end of the objects, if given; and where in the whole file `last` begins. */
  write(last?: { ref: PdfRef; text: string }): { bytes: Buffer; lastStart: number };
}

/** The second half of /ID changes with the file (14.4). */
const identifiers = ({ trailer, objects }: PdfFile): PdfObject | undefined => {
  const id = trailer.lookup('ID');
  if (!(id instanceof PdfArray) || id.length !== 2) return id;
  return objects.array([id.get(0)!, PdfHexString.of(randomBytes(16))]);
};

const trailerOf = (file: PdfFile): PdfDict => {
  const { trailer, crossReference, objects } = file;
  return objects.dict({
    Size: objects.largestNumber + 1,
    Root: trailer.get('Root'),
    Info: trailer.get('Info'),
    ID: identifiers(file),
    Prev: crossReference.sections[0]!.start,
  });
};

const writeCrossReference = (file: PdfFile, written: Written[], offset: number): Buffer => {
  const { objects, crossReference } = file;
  if (crossReference.sections[0]!.kind === 'table') return writeTable(trailerOf(file), written, offset);
  const ref = objects.nextRef();
  return writeStream({ trailer: trailerOf(file), objects }, written, { ref, offset });
};

export const createIncrementalUpdate = (file: PdfFile): IncrementalUpdate => {
  const { objects } = file;
  const changed = new Map<PdfRef, PdfObject>();
  const rewrite = (ref: PdfRef, object: PdfObject): void => {
    changed.set(ref, object);
  };
  return {
    rewrite,
    add: (object) => {
      const ref = objects.register(object);
      rewrite(ref, object);
      return ref;
    },
    write: (last) => {
      // A line end that some files lack after %%EOF.
      const parts: Uint8Array[] = [Buffer.from('\n')];
      let end = file.bytes.length + 1;
      const written: Written[] = [];
      const append = (ref: PdfRef, part: Uint8Array): void => {
        written.push({ ref, offset: end });
        parts.push(part);
        end += part.length;
      };
      for (const [ref, object] of changed) append(ref, writeIndirectObject(ref, object));
      const lastStart = end;
      if (last)
        append(
          last.ref,
          Buffer.from(`${last.ref.number} ${last.ref.generation} obj\n${last.text}\nendobj\n`, 'latin1'),
        );
      parts.push(writeCrossReference(file, written, end));
      return { bytes: Buffer.concat(parts), lastStart };
    },
  };
};
