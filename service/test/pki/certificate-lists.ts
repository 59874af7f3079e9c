import { readCertificateList, type CertificateList } from '@tu-esign/verifier/long-term/certificate-list.ts';
import { bitString, enumerated, explicit, integer, preciseTime, sequence, validityTime, type Der } from '#asn1/der.ts';
import { signatureAlgorithm, signWith, type Digest } from './algorithms.ts';
import { daysFromNow, extension, today, type Party } from './certificates.ts';

/** A list of revoked certificates of any shape, ordinary or hostile. */
export interface ListShape {
  /** Whose name stands in it. */
  by: Party;
  /** Whose key signs, where that is not the issuer's. */
  signedBy?: Party;
  digest?: Digest;
  /** AlgorithmIdentifier inside, where it is another one than outside. */
  claimed?: Der;
  /** Undefined: there is no list of entries at all. */
  entries?: Der[];
  from?: Date;
  /** Null: it does not say when the next one comes. */
  to?: Date | null;
  extensions?: Der[];
  version?: number;
  /** What stands behind everything else that is signed. */
  behind?: Der[];
}

export const reason = (code: number): Der => extension('2.5.29.21', enumerated(code));
export const invalidSince = (time: Date): Der => extension('2.5.29.24', preciseTime(time));

/** One certificate that was revoked. */
export const entryOf = ({ certificate }: Party, at: Date, ...extensions: Der[]): Der =>
  sequence(certificate.serialNumber, validityTime(at), ...(extensions.length ? [sequence(...extensions)] : []));

/** Makes a list just as it is told. */
export const issueList = (shape: ListShape): Buffer => {
  const { by, digest = 'sha256', extensions = [], version = 2, from = today, to = daysFromNow(1) } = shape;
  const { privateKey } = shape.signedBy ?? by;
  const algorithm = signatureAlgorithm(privateKey, digest);
  const toBeSigned = sequence(
    ...(version > 1 ? [integer(version - 1)] : []),
    shape.claimed ?? algorithm,
    by.certificate.subject,
    validityTime(from),
    ...(to ? [validityTime(to)] : []),
    ...(shape.entries ? [sequence(...shape.entries)] : []),
    ...(extensions.length ? [explicit(0, sequence(...extensions))] : []),
    ...(shape.behind ?? []),
  );
  return sequence(toBeSigned, algorithm, bitString(signWith(privateKey, digest, toBeSigned)));
};

export const listOf = (shape: ListShape): CertificateList => readCertificateList(issueList(shape));
