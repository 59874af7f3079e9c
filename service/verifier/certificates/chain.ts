import { equalBytes, toHex } from '#bytes.ts';
import { fromPem } from '#asn1/pem.ts';
import type { Cryptography } from '#ports/ports.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { mayCertify } from './extensions.ts';
import { sameName } from './names.ts';
import { verifyValue } from './signature-algorithm.ts';

export interface ChainJudgement {
  leaf: Certificate | undefined;
  leafValid: boolean;
  reachesRoot: boolean;
}

/** Who signed, and what else came along; DER. */
export interface Signer {
  signerCertificate: Uint8Array | undefined;
  /** In no order. */
  certificates: readonly Uint8Array[];
}

/** A chain longer than this is none. */
const longest = 8;
/** More than this inside are not looked at. */
const mostInside = 32;

const isValidAt = ({ notBefore, notAfter }: Certificate, at: Date): boolean => notBefore <= at && at <= notAfter;

/** The first of whom something is true, asked one by one. */
const someOf = async <T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> => {
  for (const item of items) if (await holds(item)) return true;
  return false;
};

/** By names and signature: the quirks of some PSCs' certificates make more than that say no. */
const isIssuedBy = async (certificate: Certificate, issuer: Certificate, ports: Cryptography): Promise<boolean> => {
  const { toBeSigned: bytes, signatureAlgorithm, claimedAlgorithm, signature } = certificate;
  // RFC 5280, 4.1.1.2
  if (!sameName(certificate.issuer, issuer.subject) || !equalBytes(signatureAlgorithm, claimedAlgorithm)) return false;
  return verifyValue({ publicKey: issuer.publicKey, signatureAlgorithm, bytes, signature }, ports);
};

/** The certificates that are believed, from PEM. @throws Error where one cannot be read */
export const readRoots = (roots: readonly string[]): Certificate[] => roots.map((pem) => readCertificate(fromPem(pem)));

const readInside = (certificates: readonly Uint8Array[]): Certificate[] =>
  certificates.slice(0, mostInside).map(readCertificate);

/**
 * Judges the signer's certificate and its chain at a time of the past: the roots given are believed, the one
 * that travels inside is not (RFC 5280, 6.1, by names, signatures and validity).
 * @throws Error where a certificate cannot be read
 */
export const judgeChain = async (
  { signerCertificate, certificates }: Signer,
  { roots, at }: { roots: readonly Certificate[]; at: Date },
  ports: Cryptography,
): Promise<ChainJudgement> => {
  const leaf = signerCertificate && readCertificate(signerCertificate);
  if (!leaf) return { leaf, leafValid: false, reachesRoot: false };
  const authorities = readInside(certificates).filter(mayCertify);
  // each is climbed to once: copies of one that issue one another would multiply the ways for ever
  const tried = new Set<string>();
  const climb = async (certificate: Certificate, steps: number): Promise<boolean> => {
    const fingerprint = toHex(ports.digest('sha256', certificate.der));
    if (steps > longest || tried.has(fingerprint) || !isValidAt(certificate, at)) return false;
    tried.add(fingerprint);
    const believed = roots.filter((root) => isValidAt(root, at));
    if (await someOf(believed, (root) => isIssuedBy(certificate, root, ports))) return true;
    const others = authorities.filter((authority) => authority !== certificate);
    return someOf(others, async (issuer) => (await isIssuedBy(certificate, issuer, ports)) && climb(issuer, steps + 1));
  };
  return { leaf, leafValid: isValidAt(leaf, at), reachesRoot: await climb(leaf, 0) };
};

const isCopyOf = (certificate: Certificate, root: Certificate): boolean =>
  equalBytes(certificate.serialNumber, root.serialNumber) && sameName(certificate.subject, root.subject);

/**
 * Whether each certificate whose issuer is among them, or among the roots, verifies with its key, and copies of a root
 * are as it is: that none was altered says nothing of whom to trust.
 */
export const areIntact = async (
  certificates: readonly Uint8Array[],
  roots: readonly Certificate[],
  ports: Cryptography,
): Promise<boolean> => {
  const inside = readInside(certificates);
  const isIntact = async (certificate: Certificate): Promise<boolean> => {
    const issuers = [...inside, ...roots].filter(({ subject }) => sameName(subject, certificate.issuer));
    if (issuers.length) return someOf(issuers, (issuer) => isIssuedBy(certificate, issuer, ports));
    // It may be certified by somebody who is not here; a root that is believed is not.
    return !roots.some((root) => isCopyOf(certificate, root));
  };
  return !(await someOf(inside, async (certificate) => !(await isIntact(certificate))));
};
