import { PDF, PdfName } from '@libpdf/core';
import { Problem } from '#problem.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { limitDecoding } from './limit-decoding.ts';

/**
 * A document as it can be recovered, in a file to the letter: only the library's reading and writing are used,
 * never its `sign`.
 * @throws Problem document-encrypted, document-damaged
 */
export const rewriteDocument = async (pdf: Uint8Array, ports: Inflater): Promise<Uint8Array> => {
  const reading = limitDecoding(ports);
  try {
    const recovered = await PDF.load(reading.watch(pdf));
    if (recovered.isEncrypted) throw new Problem('document-encrypted');
    // without a change it would give back the file as it was
    recovered.getCatalog().set('Type', PdfName.of('Catalog'));
    const saved = await recovered.save();
    reading.requireMoved();
    return saved;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('document-damaged', undefined, { cause: error });
  }
};
