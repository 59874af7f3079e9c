/** What was found of one artefact: true holds, false does not, null was not judged. */
export type Findings = Readonly<Record<string, boolean | null>>;

/** Names of the findings that do not hold. */
export const failedOf = (findings: Findings): string[] =>
  Object.keys(findings).filter((name) => findings[name] === false);

/** What was judged, and whether whoever asked said whom to trust. */
export interface Anchored {
  /** Nothing that was judged failed. */
  holds: boolean;
  /** Whether a root was given: without one nobody knows who signed or sealed. */
  anchored: boolean;
}

/** What holds of a whole PDF. */
export type DocumentFindings = {
  /** It can be read to the letter, page by page, within the limits of time and memory. */
  parsed: boolean;
  /**
   * The original's pages are the first ones, in their order: each has its boxes, its content (where other content
   * may have been added around it) and every resource of its own. Null where no original was given.
   */
  originalPagesKept: boolean | null;
  /**
   * And nothing was drawn over them: content is the same, and so are layers and annotations, but for new or signed
   * fields of signatures. Null as above.
   */
  originalPagesUnchanged: boolean | null;
  /** It has as many signatures as it should. */
  signaturesPresent: boolean;
  /** No finding of any signature is false; null where there is none. */
  signaturesHold: boolean | null;
  /** Nothing lies behind what the newest signature covers; null where there is none. */
  nothingAddedAfter: boolean | null;
};

/** What holds of one signature in a PDF. */
export type SignatureFindings = {
  /** Its value is a CMS SignedData by one signer, or a time-stamp token. */
  parsed: boolean;
  /** /ByteRange leaves out nothing but /Contents (ISO 32000-2, 12.8.1). */
  rangeWhole: boolean;
  /** What was signed is the digest of what /ByteRange covers. */
  digestMatches: boolean;
  /** The signature's value verifies with the certificate's key. */
  signatureValid: boolean;
  /** It names the certificate (SigningCertificate, V1 or V2); null where it names none. */
  certificateBound: boolean | null;
  /** The certificate was valid when it signed. */
  certificateValidWhenSigned: boolean;
  /** Its chain leads to a pinned root, each certificate valid then; null where no root was given. */
  chainToPinnedRoot: boolean | null;
  /** Its time-stamp verifies and is over the signature's value; null where there is none. */
  timeStampHolds: boolean | null;
  /** The time-stamp's chain leads to a pinned root as well; null where there is none, or no root was given. */
  timeStampToPinnedRoot: boolean | null;
  /**
   * What came after it leaves its pages as they were, but for what DocMDP allows (ISO 32000-2, 12.8.2.2): filling in
   * and signing, annotations with P 3, nothing with P 1. Null where nothing came after it.
   */
  laterChangesAllowed: boolean | null;
};

export interface VerifiedSignature {
  /** Fully qualified name of its field. */
  field: string;
  /** `time-stamp` is one of the document, which is no person's signature. */
  kind: 'signature' | 'time-stamp';
  /** By its time-stamp, else as it says itself; undefined where it says nothing. */
  signedAt: Date | undefined;
  /** DER of the signer's certificate, where it is inside. */
  certificate: Uint8Array | undefined;
  findings: SignatureFindings;
}

export interface VerifiedDocument {
  findings: DocumentFindings;
  /** Why it could not be read. */
  fault?: 'document-encrypted' | 'document-damaged' | 'document-too-complex';
  pages: number;
  /** True where it begins with the original's very bytes. */
  startsWithOriginal: boolean;
  /** In the order in which they were made. */
  signatures: VerifiedSignature[];
}

/** A PDF, and what it is held to. */
export interface DocumentToVerify {
  document: Uint8Array;
  /** What was given to be signed. */
  original?: Uint8Array;
  /** How many signatures of persons it has at least; by default one more than the original, or one. */
  signatures?: number;
  /** PEM of the roots that are believed; the ones inside never are. */
  roots?: readonly string[] | undefined;
  /** For signatures that say no time. */
  now: Date;
}

/** Says finding by finding what holds of a PDF. Throws only where no thread can be had. */
export type VerifyDocument = (candidate: DocumentToVerify) => Promise<VerifiedDocument>;

/** What holds of a key certificate. */
export type KeyCertificateFindings = {
  /** There is a certificate in it; null for a PDF sheet, which is none. */
  parsed: boolean | null;
  /** It holds no private key of any kind; what does is not to be kept. */
  withoutPrivateKey: boolean;
  /** It is the certificate that signed; null where either is missing. */
  matchesSigner: boolean | null;
};

/** What a key certificate came as. `none`: it did not come, and was read from the signature. */
export type KeyCertificateForm = 'der' | 'pem' | 'pkcs7' | 'pdf' | 'private-key' | 'unknown' | 'none';

export interface VerifiedKeyCertificate {
  form: KeyCertificateForm;
  /** How often it was in base64, besides PEM. */
  base64: number;
  /** Of what was given, without the base64. */
  mediaType: string;
  /** DER of the signer's certificate: the one given, or the one inside the signature. */
  certificate: Uint8Array | undefined;
  findings: KeyCertificateFindings;
}

/** Tells what a key certificate is, and whether it is the signer's. Never throws. */
export type VerifyKeyCertificate = (
  given: Uint8Array | undefined,
  signerCertificate: Uint8Array | undefined,
) => VerifiedKeyCertificate;

/** What holds of a conservation certificate (NOM-151-SCFI-2016: a time-stamp by RFC 3161). */
export type ConservationFindings = {
  /** It is a TimeStampResp or a bare TimeStampToken (RFC 3161, 2.4.2). */
  parsed: boolean;
  /** Status granted or grantedWithMods; null for a bare token, which has none. */
  granted: boolean | null;
  /** The imprint is the SHA-256 of one of the artefacts; null where none was given. */
  imprintMatches: boolean | null;
  /** The nonce is the one that was sent; null where none was. */
  nonceMatches: boolean | null;
  /** The signature over the token verifies and covers its content. */
  signatureValid: boolean;
  /** The signer's certificate was valid at genTime. */
  certificateValidAtGenTime: boolean;
  /** The signer's certificate may stamp times; null where it names no usage, as those of Mexican providers. */
  extendedKeyUsage: boolean | null;
  /** Its chain leads to a pinned root, each certificate valid at genTime. */
  chainToPinnedRoot: boolean;
  /** No certificate inside was altered, as far as its issuer is inside or pinned. */
  certificatesIntact: boolean;
  /** The policy is on the list of known ones, or under a known prefix. */
  policyRecognised: boolean;
  /** Null: revocation is not looked at. */
  revocationChecked: null;
};

/** What a conservation certificate came as; only a response and a token are evidence. */
export type ConservationForm = 'response' | 'token' | 'pdf' | 'nom-151-2002' | 'private-key' | 'unknown';

export interface VerifiedConservation {
  form: ConservationForm;
  mediaType: string;
  /** DER, without PEM or base64; undefined where it is neither response nor token. */
  der: Uint8Array | undefined;
  /** Name of the artefact whose digest it conserves; null where it is none of them. */
  conserves: string | null;
  /** genTime. */
  issuedAt: Date | undefined;
  /** Subject of the signer's certificate, as one line. */
  issuer: string | undefined;
  /** Dotted. */
  policy: string | undefined;
  /** Raw hexadecimal: some are negative. */
  serialNumber: string | undefined;
  /**
   * The token names the certificate that signed it (SigningCertificate, V1 or V2). Told beside the findings: there are
   * Mexican providers that name another one.
   */
  certificateBound: boolean;
  findings: ConservationFindings;
}

/** What a conservation certificate is held to. */
export interface ConservationExpectations {
  /** SHA-256 by name, 64 hexadecimal digits each. */
  artefacts?: Readonly<Record<string, string>>;
  nonce?: Uint8Array;
  /** PEM of the roots that are believed. */
  roots: readonly string[];
  /** Dotted policies; one that ends in a full stop stands for all below it. */
  policies: readonly string[];
}

/** Says finding by finding what holds of a conservation certificate. Never throws. */
export type VerifyConservation = (
  given: Uint8Array,
  expected: ConservationExpectations,
) => Promise<VerifiedConservation>;
