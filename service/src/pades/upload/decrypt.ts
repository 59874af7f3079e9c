import { PDF, PdfName } from '@libpdf/core';
import { Problem } from '#problem.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { limitDecoding } from './limit-decoding.ts';

/** What the library does when it saves: there is a method for it, but that wants more than signing does. */
const removal = { _pendingSecurity: { action: 'remove' } };

/** Signing is filling in a form, or adding to one (ISO 32000-2, 7.6.4.2, table 22: bits 4, 6 and 9). */
const maySign = (pdf: PDF): boolean => {
  const { modify, annotate, fillForms } = pdf.getPermissions();
  return pdf.hasOwnerAccess() || modify || annotate || fillForms;
};

/**
 * A document without its encryption, where everybody can read it, with the empty password, and may sign it.
 * @throws Problem document-encrypted
 */
export const decryptDocument = async (pdf: Uint8Array, ports: Inflater): Promise<Uint8Array> => {
  const reading = limitDecoding(ports);
  try {
    const encrypted = await PDF.load(reading.watch(pdf));
    if (!encrypted.isEncrypted || !encrypted.isAuthenticated)
      throw new Problem('document-encrypted', 'It needs a password, or its encryption is not known');
    if (!maySign(encrypted)) throw new Problem('document-encrypted', 'Its permissions forbid to sign it');
    Object.assign(encrypted, removal);
    encrypted.getCatalog().set('Type', PdfName.of('Catalog'));
    const decrypted = await encrypted.save();
    reading.requireMoved();
    return decrypted;
  } catch (error) {
    throw error instanceof Problem
      ? error
      : new Problem('document-encrypted', 'It cannot be decrypted', { cause: error });
  }
};
