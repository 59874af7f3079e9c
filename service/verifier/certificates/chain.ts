import { equalBytes, toHex } from '#bytes.ts';
import { readPemBlocks } from '#asn1/pem.ts';
import type { Cryptography } from '#ports/ports.ts';
import { isValidAt, readCertificate, type Certificate } from './certificate.ts';
import { sameName } from './names.ts';
import { faultOfIssuer, faultOfOne, namesAsIssuer, type PathFault, type PathTrust } from './path-rules.ts';
import { verifyValue } from './signature-algorithm.ts';

export interface ChainJudgement {
  leaf: Certificate | undefined;
  leafValid: boolean;
  /** From the signer's certificate to the root that is believed, both included; undefined where no way leads there. */
  path: readonly Certificate[] | undefined;
  /** Why the last way that was tried ends before a root; undefined where nobody is there who could be the issuer. */
  fault: PathFault | undefined;
}

/** Who signed, and what else came along; DER. */
export interface Signer {
  signerCertificate: Uint8Array | undefined;
  /** In no order. */
  certificates: readonly Uint8Array[];
}

/** Whom to believe, when, and for what. */
export interface ChainTrust extends PathTrust {
  roots: readonly Certificate[];
}

/** A chain longer than this is none. */
const longest = 8;
/** More than this inside are not looked at. */
const mostInside = 32;
/** Copies and certificates across multiply the ways; nobody's needs as many steps as this. */
const mostSteps = 500;

/** The first of whom something is true, asked one by one. */
const someOf = async <T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> => {
  for (const item of items) if (await holds(item)) return true;
  return false;
};

/** By its issuer's key, and by one algorithm inside and outside (RFC 5280, 4.1.1.2). */
const isSignedWith = async (certificate: Certificate, issuer: Certificate, ports: Cryptography): Promise<boolean> => {
  const { toBeSigned: bytes, signatureAlgorithm, claimedAlgorithm, signature } = certificate;
  if (!equalBytes(signatureAlgorithm, claimedAlgorithm)) return false;
  return verifyValue({ publicKey: issuer.publicKey, signatureAlgorithm, bytes, signature }, ports);
};

const isIssuedBy = async (certificate: Certificate, issuer: Certificate, ports: Cryptography): Promise<boolean> =>
  namesAsIssuer(certificate, issuer) && isSignedWith(certificate, issuer, ports);

/** The certificates that are believed, from PEM; a text may hold several. @throws Error where one cannot be read */
export const readRoots = (roots: readonly string[]): Certificate[] =>
  roots.flatMap((pem) => {
    const blocks = readPemBlocks(pem);
    if (blocks.length === 0) throw new Error('There is no certificate in the text');
    return blocks.map(readCertificate);
  });

/** Undefined where it cannot be read. */
export const tryRead = (der: Uint8Array): Certificate | undefined => {
  try {
    return readCertificate(der);
  } catch {
    return undefined;
  }
};

/** Those that can be read, each once. */
const readInside = (certificates: readonly Uint8Array[], ports: Cryptography): Certificate[] => {
  const read = certificates.slice(0, mostInside).flatMap((der) => tryRead(der) ?? []);
  return [
    ...new Map(read.map((certificate) => [toHex(ports.digest('sha256', certificate.der)), certificate])).values(),
  ];
};

const isSame = (one: Certificate) => (other: Certificate) => equalBytes(one.der, other.der);

/** Looks for a way up, step by step, and goes back where one does not hold. */
class Climb {
  readonly #trust: ChainTrust;
  readonly #authorities: readonly Certificate[];
  readonly #ports: Cryptography;
  /** Signatures are looked at once, on however many ways they lie. */
  readonly #signed = new Map<Certificate, Map<Certificate, Promise<boolean>>>();
  #steps = 0;
  fault: PathFault | undefined;

  constructor(trust: ChainTrust, authorities: readonly Certificate[], ports: Cryptography) {
    this.#trust = trust;
    this.#authorities = authorities;
    this.#ports = ports;
  }

  #isSignedWith(certificate: Certificate, issuer: Certificate): Promise<boolean> {
    const known = this.#signed.get(certificate) ?? new Map<Certificate, Promise<boolean>>();
    this.#signed.set(certificate, known);
    const found = known.get(issuer) ?? isSignedWith(certificate, issuer, this.#ports);
    known.set(issuer, found);
    return found;
  }

  async #mayFollow(below: readonly Certificate[], issuer: Certificate, isRoot: boolean): Promise<boolean> {
    this.#steps += 1;
    if (this.#steps > mostSteps || !namesAsIssuer(below.at(-1)!, issuer)) return false;
    const fault = faultOfIssuer(issuer, { below, isRoot }, this.#trust);
    this.fault = fault ?? this.fault;
    return !fault && this.#isSignedWith(below.at(-1)!, issuer);
  }

  /** @param below from the signer's up, none of them a root */
  async from(below: readonly Certificate[]): Promise<readonly Certificate[] | undefined> {
    for (const root of this.#trust.roots) if (await this.#mayFollow(below, root, true)) return [...below, root];
    if (below.length > longest) return undefined;
    for (const issuer of this.#authorities) {
      if (below.includes(issuer) || !(await this.#mayFollow(below, issuer, false))) continue;
      const way = await this.from([...below, issuer]);
      if (way) return way;
    }
    return undefined;
  }
}

/**
 * Judges the signer's certificate and its chain at a time: the roots given are believed, the one that travels inside is not
 * (RFC 5280, 6.1). What the signer's certificate itself may be used for is judged elsewhere. Never throws.
 */
export const judgeChain = async (
  { signerCertificate, certificates }: Signer,
  trust: ChainTrust,
  ports: Cryptography,
): Promise<ChainJudgement> => {
  const leaf = signerCertificate && tryRead(signerCertificate);
  if (!leaf) return { leaf, leafValid: false, path: undefined, fault: undefined };
  const leafValid = isValidAt(leaf, trust.at);
  const fault = faultOfOne(leaf, trust.at);
  if (fault || trust.roots.length === 0) return { leaf, leafValid, path: undefined, fault };
  // Who believes a certificate itself needs nobody above it.
  if (trust.roots.some(isSame(leaf))) return { leaf, leafValid, path: [leaf], fault: undefined };
  const authorities = readInside(certificates, ports).filter((certificate) => !isSame(leaf)(certificate));
  const climb = new Climb(trust, authorities, ports);
  const path = await climb.from([leaf]);
  return { leaf, leafValid, path, fault: path ? undefined : climb.fault };
};

const isCopyOf = (certificate: Certificate, root: Certificate): boolean =>
  equalBytes(certificate.serialNumber, root.serialNumber) && sameName(certificate.subject, root.subject);

/**
 * Whether each certificate whose issuer is among them, or among the roots, verifies with its key, and copies of a root are
 * as it is: that none was altered says nothing of whom to trust. Never throws.
 */
export const areIntact = async (
  certificates: readonly Uint8Array[],
  roots: readonly Certificate[],
  ports: Cryptography,
): Promise<boolean> => {
  const inside = readInside(certificates, ports);
  const isIntact = async (certificate: Certificate): Promise<boolean> => {
    const issuers = [...inside, ...roots].filter(({ subject }) => sameName(subject, certificate.issuer));
    if (issuers.length) return someOf(issuers, (issuer) => isIssuedBy(certificate, issuer, ports));
    // It may be certified by somebody who is not here; a root that is believed is not.
    return !roots.some((root) => isCopyOf(certificate, root));
  };
  return !(await someOf(inside, async (certificate) => !(await isIntact(certificate))));
};
