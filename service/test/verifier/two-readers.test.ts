import { readdirSync } from 'node:fs';
import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { toHex } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfBoolean, PdfName, PdfNumber, PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { readSample } from '../sample-pdfs.ts';

/** What another reader of PDFs, which goes through a file from its beginning, finds in the samples beside ours. */

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const ours = (object: PdfObject | undefined): Plain => {
  if (object instanceof PdfStream) return { dict: ours(object.dict), bytes: latin1(object.contents) };
  if (object instanceof PdfDict) return Object.fromEntries(object.entries().map(([key, value]) => [key, ours(value)]));
  if (object instanceof PdfArray) return object.members().map(ours);
  if (object instanceof PdfNumber || object instanceof PdfBoolean) return object.value;
  if (object instanceof PdfName) return `/${object.text}`;
  if (object instanceof PdfString) return `(${toHex(object.bytes())}`;
  return object instanceof PdfRef ? object.toString() : null;
};

const theirs = (object: PDFObject | undefined): Plain => {
  if (object instanceof PDFRawStream) return { dict: theirs(object.dict), bytes: latin1(object.contents) };
  if (object instanceof PDFDict)
    return Object.fromEntries(object.entries().map(([key, value]) => [key.decodeText(), theirs(value)]));
  if (object instanceof PDFArray) return object.asArray().map(theirs);
  if (object instanceof PDFNumber) return object.asNumber();
  if (object instanceof PDFBool) return object.asBoolean();
  if (object instanceof PDFName) return `/${object.decodeText()}`;
  if (object instanceof PDFString || object instanceof PDFHexString) return `(${toHex(object.asBytes())}`;
  return object instanceof PDFRef ? object.toString() : null;
};

const openSample = (name: string): PdfFile | undefined => {
  try {
    return openPdf(readSample(name), nodePorts);
  } catch {
    return undefined;
  }
};

const samples = readdirSync(new URL('../fixtures/pdfs/', import.meta.url)).filter((name) => openSample(name));

interface Compared {
  /** How many objects both have. */
  both: number;
  /** Numbers of those that are not the same. */
  differ: number[];
  /** And of those that ours does not take. */
  refused: number[];
}

const compareObjects = async (name: string): Promise<Compared> => {
  const { objects, crossReference } = openSample(name)!;
  const other = await PDFDocument.load(readSample(name), { updateMetadata: false });
  const known = new Map(other.context.enumerateIndirectObjects().map(([ref, object]) => [ref.toString(), object]));
  const compared: Compared = { both: 0, differ: [], refused: [] };
  for (const [number, place] of crossReference.places) {
    const ref = objects.ref(number, place && 'offset' in place ? place.generation : 0);
    const twin = place && known.get(ref.toString());
    if (!twin) continue;
    compared.both += 1;
    try {
      if (JSON.stringify(ours(objects.lookup(ref))) !== JSON.stringify(theirs(twin))) compared.differ.push(number);
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      compared.refused.push(number);
    }
  }
  return compared;
};

/** Streams whose length is wrong: where they end would be a guess. */
const refused: Record<string, number[]> = {
  'bad23.pdf': [4],
  'bad24.pdf': [4],
  'linearization-bounds-1.pdf': [62],
};

/** Its end has a long tail: the other reader finds an older revision. */
const differing: Record<string, number[]> = { 'recover-xref-stream.pdf': [11] };

test.each(samples)('the objects of %s are the same for two readers', async (name) => {
  const compared = await compareObjects(name);
  expect(compared.both).toBeGreaterThan(0);
  expect(compared).toMatchObject({ differ: differing[name] ?? [], refused: refused[name] ?? [] });
});
