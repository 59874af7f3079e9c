import type { DocumentFinding, DocumentFindingName, Place } from '@tu-esign/contract';

/** An agreement that can be signed: the bytes to keep, and what was found in them. */
export interface AcceptedDocument {
  pdf: Uint8Array;
  /** True where the upload was rewritten, so that its digest changed. */
  rewritten: boolean;
  pages: number;
  /** Signatures already in the document. */
  signatures: number;
  /** Where the first signatory's signature will be seen, unless the host asks for another place. */
  signaturePlace: Place | null;
  /** What was found in it that its signatories should know of. */
  findings: DocumentFinding[];
}

/** What becomes of a document in which something is found, where a host wants it otherwise than by default. */
export type FindingPolicy = Partial<Record<DocumentFindingName, 'refuse' | 'tell' | 'normalise'>>;

/**
 * Reads an uploaded agreement and says whether it can be signed.
 * @throws Problem document-not-pdf, document-damaged, document-encrypted, document-without-pages,
 *   document-locked, document-too-complex, document-finding
 */
export type AcceptDocument = (pdf: Uint8Array, policy: FindingPolicy) => Promise<AcceptedDocument>;

/** A document of which somebody says that it is the agreement, signed. */
export interface SignedCandidate {
  original: Uint8Array;
  document: Uint8Array;
  /** PEM, the signer's certificate first. */
  keyCertificate: string;
}

/** What was found of a document whose signature holds. */
export interface SignedFindings {
  /** Whether it begins with the agreement's very bytes. */
  keepsOriginal: boolean;
  /** Whether nothing was added behind the signature. */
  coversAll: boolean;
}

/**
 * Verifies a signed document before it is believed.
 * @throws Problem signed-document-invalid, document-too-complex
 */
export type VerifySigned = (candidate: SignedCandidate) => Promise<SignedFindings>;
