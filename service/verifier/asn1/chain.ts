import { X509Certificate } from 'node:crypto';
import type { VerifiedSignedData } from './verify-signed-data.ts';

export interface ChainJudgement {
  leaf: X509Certificate | undefined;
  leafValid: boolean;
  reachesRoot: boolean;
}

/** A chain longer than this is none. */
const longest = 8;
/** More than this inside are not looked at. */
const mostInside = 32;

const isValidAt = (certificate: X509Certificate, at: Date): boolean =>
  certificate.validFromDate <= at && at <= certificate.validToDate;

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    // the quirks of some PSCs' certificates make checkIssued say no: names and signature decide
    return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
};

/**
 * Judges the signer's certificate and its chain at a time of the past: the roots given are believed, the one
 * that travels inside is not (RFC 5280, 6.1, by names, signatures and validity).
 */
export const judgeChain = (
  { signerCertificate, certificates }: Pick<VerifiedSignedData, 'signerCertificate' | 'certificates'>,
  { roots, at }: { roots: readonly string[]; at: Date },
): ChainJudgement => {
  const leaf = signerCertificate && new X509Certificate(signerCertificate);
  if (!leaf) return { leaf, leafValid: false, reachesRoot: false };
  const pinned = roots.map((pem) => new X509Certificate(pem));
  const inside = certificates.slice(0, mostInside).map((der) => new X509Certificate(der));
  // each is climbed to once: copies of one that issue one another would multiply the ways for ever
  const tried = new Set<string>();
  const climb = (certificate: X509Certificate, steps: number): boolean => {
    if (steps > longest || tried.has(certificate.fingerprint256) || !isValidAt(certificate, at)) return false;
    tried.add(certificate.fingerprint256);
    if (pinned.some((root) => isIssuedBy(certificate, root) && isValidAt(root, at))) return true;
    const above = inside.filter((other) => other.ca && other !== certificate && isIssuedBy(certificate, other));
    return above.some((issuer) => climb(issuer, steps + 1));
  };
  return { leaf, leafValid: isValidAt(leaf, at), reachesRoot: climb(leaf, 0) };
};

const isCopyOf = (certificate: X509Certificate, root: X509Certificate): boolean =>
  certificate.serialNumber === root.serialNumber && certificate.subject === root.subject;

/**
 * Whether each certificate whose issuer is among them, or among the roots, verifies with its key, and copies of a root
 * are as it is: that none was altered says nothing of whom to trust.
 */
export const areIntact = (certificates: readonly Buffer[], roots: readonly string[]): boolean => {
  const inside = certificates.slice(0, mostInside).map((der) => new X509Certificate(der));
  const pinned = roots.map((pem) => new X509Certificate(pem));
  return inside.every((certificate) => {
    const issuers = [...inside, ...pinned].filter(({ subject }) => subject === certificate.issuer);
    if (issuers.length) return issuers.some((issuer) => isIssuedBy(certificate, issuer));
    // It may be certified by somebody who is not here; a root that is believed is not.
    return !pinned.some((root) => isCopyOf(certificate, root));
  });
};
