import type {
  DocumentFindings,
  KeyCertificateFindings,
  SignatureFindings,
  VerifyDocument,
  VerifyKeyCertificate,
} from '@tu-esign/verifier/verdicts/findings.ts';

const documentHolds: DocumentFindings = {
  parsed: true,
  originalPagesKept: true,
  originalPagesUnchanged: true,
  signaturesPresent: true,
  signaturesHold: true,
  nothingAddedAfter: true,
};

const signatureHolds: SignatureFindings = {
  parsed: true,
  rangeWhole: true,
  digestMatches: true,
  signatureValid: true,
  certificateBound: true,
  certificateValidWhenSigned: true,
  certificateMaySign: null,
  chainToPinnedRoot: null,
  algorithmsStrong: true,
  timeStampHolds: true,
  timeStampByAuthority: null,
  timeStampToPinnedRoot: null,
  notRevoked: null,
  laterChangesAllowed: null,
};

const isSigned = (document: Uint8Array): boolean => Buffer.from(document).toString('latin1').endsWith(' signed');

/** Finds what it is told to of documents that end in ` signed`, once for each signature. */
export class ToldVerification {
  document: Partial<DocumentFindings> = {};
  signature: Partial<SignatureFindings> = {};
  keyCertificate: Partial<KeyCertificateFindings> = {};
  /** When its time-stamps are of, in milliseconds since the epoch. */
  stampedAt = 0;

  readonly verifyDocument: VerifyDocument = async ({ document, now }) => ({
    findings: { ...documentHolds, ...(isSigned(document) && this.document) },
    pages: 1,
    startsWithOriginal: true,
    signatures: (
      Buffer.from(document)
        .toString('latin1')
        .match(/ signed/g) ?? []
    ).map((_, index) => ({
      field: `signature ${index + 1}`,
      kind: 'signature',
      signedAt: undefined,
      timeProven: false,
      level: null,
      certificate: undefined,
      notes: [],
      findings: { ...signatureHolds, timeStampHolds: this.stampedAt <= now.getTime(), ...this.signature },
      changes: [],
      earlierEnds: [],
    })),
    changes: [],
    earlierEnds: [],
  });

  readonly verifyKeyCertificate: VerifyKeyCertificate = (given) => ({
    form: given ? 'pem' : 'none',
    base64: 0,
    mediaType: 'application/pem-certificate-chain',
    certificate: undefined,
    findings: { parsed: true, withoutPrivateKey: true, matchesSigner: true, ...this.keyCertificate },
  });
}
