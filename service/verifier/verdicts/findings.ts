import type { DocumentChange } from '#changes/change.ts';
import type { SignatureLevel } from '@tu-esign/contract';
import type { DigestAlgorithm } from '#ports/ports.ts';

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
   * And nothing was done to them or to the rest of the document, but what signing does: signatures, and one page at the end
   * for them. Null as above.
   */
  originalPagesUnchanged: boolean | null;
  /** It has as many signatures as it should. */
  signaturesPresent: boolean;
  /** No finding of any signature is false; null where there is none. */
  signaturesHold: boolean | null;
  /** Nothing lies behind what the newest signature covers, but what it allows; null where there is none. */
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
  /**
   * It names the certificate (SigningCertificate, V1 or V2), as `ETSI.CAdES.detached` must; null where it names none and
   * need not.
   */
  certificateBound: boolean | null;
  /**
   * The certificate was valid when it signed: at the time that a time-stamp proves, else now. Null where no root was given
   * and it has expired since the time that the signature claims.
   */
  certificateValidWhenSigned: boolean | null;
  /**
   * The certificate is a signatory's: of no authority, and its key's use and purposes are to sign. Null where no root was
   * given, and for time-stamps.
   */
  certificateMaySign: boolean | null;
  /** Its chain leads to a pinned root by RFC 5280, each certificate valid then; null where no root was given. */
  chainToPinnedRoot: boolean | null;
  /**
   * No key, digest or curve in it, its chain and its time-stamps is weak: RSA below 2048 bits, SHA-1, MD5, curves below 256
   * bits. Null where there is one, and documents of the past were asked about; the notes name it.
   */
  algorithmsStrong: boolean | null;
  /**
   * Its time-stamps verify, are over the signature's value, and not from the future; null where there is none. Of a
   * time-stamp of the document: the same of itself.
   */
  timeStampHolds: boolean | null;
  /**
   * They are by a time-stamp authority (RFC 3161, 2.3), which is not the signer. Null where there is none, or no root was
   * given and it names no purpose, as those of Mexican providers.
   */
  timeStampByAuthority: boolean | null;
  /** The time-stamps' chains lead to a pinned root as well; null where there is none, or no root was given. */
  timeStampToPinnedRoot: boolean | null;
  /**
   * No certificate that it rests on was revoked when it was used, as the lists say that the document carries (its security
   * store), or has carried where a signature ends. Null where there are none, or they do not speak of all of them.
   */
  notRevoked: boolean | null;
  /**
   * A rule explains each object that was added, changed or freed after it, and the signature allows what was done (DocMDP,
   * FieldMDP and /Lock; ISO 32000-2, 12.8.2): filling in and signing by default, annotations with P 3, with P 1 nothing but
   * data for long-term validation and time-stamps of the document. Null where nothing came after it.
   */
  laterChangesAllowed: boolean | null;
};

export interface VerifiedSignature {
  /** Fully qualified name of its field. */
  field: string;
  /** `time-stamp` is one of the document, which is no person's signature. */
  kind: 'signature' | 'time-stamp';
  /** As a time-stamp proves, else as it says itself; undefined where it says nothing. */
  signedAt: Date | undefined;
  /** Whether a time-stamp proves it. */
  timeProven: boolean;
  /** Null of a time-stamp, of what does not hold, and of a form that PAdES has no level for. */
  level: SignatureLevel | null;
  /** DER of the signer's certificate, where it is inside. */
  certificate: Uint8Array | undefined;
  /** What is weak, and why a chain does not lead to a root, in words for people. */
  notes: readonly string[];
  findings: SignatureFindings;
  /** What was done after it, what is not allowed first. */
  changes: readonly DocumentChange[];
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
  /** What was done to the original, what is not allowed first; empty where none was given. */
  changes: readonly DocumentChange[];
  /**
   * Where the document ended before it was given nothing but what verifies it long after (time-stamps over all of it, and data
   * for them): counts of bytes, the longest first. What was conserved may be one of those.
   */
  earlierEnds: readonly number[];
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
  /** PEM of those among them that are of Mexican providers, besides ACR2-SE: their certificates name no purpose. */
  providerRoots?: readonly string[];
  /** Weak keys and algorithms are told, and do not fail. */
  legacy?: boolean;
  /** Certificates are held to it where no time-stamp proves an earlier time. */
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
  /** The imprint is the digest of one of the artefacts, by the imprint's own algorithm; null where none was given. */
  imprintMatches: boolean | null;
  /** The nonce is the one that was sent; null where none was. */
  nonceMatches: boolean | null;
  /** The signature over the token verifies and covers its content. */
  signatureValid: boolean;
  /** The signer's certificate was valid at genTime. */
  certificateValidAtGenTime: boolean;
  /** genTime is not in the future; clocks may be five minutes apart. */
  genTimeHasCome: boolean;
  /**
   * The signer's certificate is a time-stamp authority's: for that alone, critically, and for no other use (RFC 3161, 2.3).
   * Null where it names no purpose and its chain leads to the root of Mexican providers, who name none.
   */
  extendedKeyUsage: boolean | null;
  /** The token names the certificate that signed it (SigningCertificate, V1 or V2); null as above. */
  certificateBound: boolean | null;
  /** Nobody who signed the document stamped it; null where nobody is known to have signed. */
  apartFromSigners: boolean | null;
  /** Its chain leads to a pinned root by RFC 5280, each certificate valid at genTime. */
  chainToPinnedRoot: boolean;
  /** As of a signature. */
  algorithmsStrong: boolean | null;
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
  /** What is weak, and why its chain does not lead to a root, in words for people. */
  notes: readonly string[];
  findings: ConservationFindings;
}

/** Digests a file that may have been conserved: hexadecimal digits; undefined where it is not to be had. */
export type DigestArtefact = (algorithm: DigestAlgorithm) => Promise<string | undefined>;

/** What a time-stamp's signer is held to. */
export interface StampTrust {
  /** PEM of the roots that are believed; the one inside never is. */
  roots: readonly string[];
  /** PEM of those among them that are of Mexican providers, besides ACR2-SE. */
  providerRoots?: readonly string[];
  /** Dotted policies; one that ends in a full stop stands for all below it. */
  policies: readonly string[];
  /** Weak keys and algorithms are told, and do not fail. */
  legacy?: boolean;
  /** DER certificates of those who signed what was conserved. */
  signatories?: readonly Uint8Array[];
  now: Date;
}

/** What a conservation certificate is held to. */
export interface ConservationExpectations extends StampTrust {
  /** By name: SHA-256 in 64 hexadecimal digits, where that is all that is known, or whatever digest the imprint is of. */
  artefacts?: Readonly<Record<string, string | DigestArtefact>>;
  nonce?: Uint8Array;
}

/** Says finding by finding what holds of a conservation certificate. Never throws. */
export type VerifyConservation = (
  given: Uint8Array,
  expected: ConservationExpectations,
) => Promise<VerifiedConservation>;
