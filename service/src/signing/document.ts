/** An agreement that can be signed: the bytes to keep, and what was found in them. */
export interface AcceptedDocument {
  pdf: Uint8Array;
  /** True where the upload was rewritten, so that its digest changed. */
  rewritten: boolean;
  pages: number;
  /** Signatures already in the document. */
  signatures: number;
}

/**
 * Reads an uploaded agreement and says whether it can be signed.
 * @throws Problem document-not-pdf, document-damaged, document-encrypted, document-without-pages,
 *   document-locked, document-too-complex
 */
export type AcceptDocument = (pdf: Uint8Array) => Promise<AcceptedDocument>;
