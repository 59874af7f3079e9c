import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { PdfHexString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { Problem } from '#problem.ts';
import { addToForm, sharedArrays } from '#writing/add-to-form.ts';
import { createIncrementalUpdate, type IncrementalUpdate } from '#writing/incremental-update.ts';
import { addToSecurityStore, type StoredData } from '#writing/security-store.ts';
import { timeStampDictionary } from '#writing/signature-dictionary.ts';
import { writeWithGap, type PreparedSignature } from './prepared-signature.ts';

export interface ArchiveOptions {
  /** Signed. */
  document: Uint8Array;
  /** Partial name of the new field, without a full stop (ISO 32000-2, 12.7.4.2). */
  fieldName: string;
  data: StoredData;
  /** Room for larger time-stamps than the embedded authority's. */
  moreBytes?: number | undefined;
}

/** It is seen nowhere, and no page names it: what is not on a page cannot be looked for there. */
const addTimeStampField = (file: PdfFile, update: IncrementalUpdate, name: string) => {
  const { objects } = file;
  const signature = objects.nextRef();
  const field = update.add(
    objects.dict({
      FT: 'Sig',
      Type: 'Annot',
      Subtype: 'Widget',
      F: 132,
      Rect: [0, 0, 0, 0],
      T: PdfHexString.ofText(name),
      V: signature,
    }),
  );
  addToForm(file, { update, shared: sharedArrays(file, readPages(file)) }, field);
  return signature;
};

/**
 * Adds what is needed to verify the document long after (a document security store), and an empty time-stamp of the
 * document over it: PAdES B-LTA once the gap is filled (EN 319 142-1, 5.4.3).
 * @throws Problem document-damaged where what must be read for it is not to the letter
 */
export const prepareArchive = (options: ArchiveOptions, ports: Ports): PreparedSignature => {
  const { document, fieldName, data, moreBytes } = options;
  try {
    const file = openPdf(document, ports);
    const fields = readSignatureFields(file).length;
    const update = createIncrementalUpdate(file);
    addToSecurityStore(file, update, data);
    const ref = addTimeStampField(file, update, fieldName);
    const prepared = writeWithGap(document, update, { ref, dictionary: timeStampDictionary(moreBytes) });
    assertGrown(openPdf(prepared.document, ports), fields);
    return prepared;
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};

/** What is added besides the archive time-stamp, where there is none to come. */
export type LongTermOptions = Pick<ArchiveOptions, 'document' | 'data'>;

/**
 * Adds what is needed to verify the document long after, and no time-stamp over it: PAdES B-LT.
 * @throws Problem document-damaged where what must be read for it is not to the letter
 */
export const addLongTermData = ({ document, data }: LongTermOptions, ports: Ports): Uint8Array<ArrayBuffer> => {
  try {
    const file = openPdf(document, ports);
    const update = createIncrementalUpdate(file);
    addToSecurityStore(file, update, data);
    const extended = Buffer.concat([document, update.write().bytes]);
    openPdf(extended, ports);
    return new Uint8Array(extended);
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};

/** Reads the result as the next reader will. @throws Error, a bug, where it grew by anything unexpected */
const assertGrown = (file: PdfFile, before: number): void => {
  if (readSignatureFields(file).length !== before + 1) throw new Error('The update did not add one time-stamp');
};
