import { toHex } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { areIntact, judgeChain, readRoots } from '#certificates/chain.ts';
import { readExtendedKeyUsage } from '#certificates/extensions.ts';
import { contentOf, readTimeStamp, type ParsedTimeStamp, type TimeStampContent } from '#cms/read-time-stamp.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { ConservationFindings } from './findings.ts';

/** As of a conservation certificate, and one that some Mexican providers fail. */
export type TimeStampFindings = ConservationFindings & {
  /** The token names the certificate that signed it (SigningCertificate, V1 or V2). */
  certificateBound: boolean;
};

export interface VerifiedTimeStamp {
  findings: TimeStampFindings;
  content: TimeStampContent | undefined;
}

export interface TimeStampExpectations {
  /** PEM of the roots that are believed; the one inside never is. */
  roots: readonly string[];
  /** Dotted policies; one that ends in a full stop stands for all below it. */
  policies: readonly string[];
  /** SHA-256, 64 hexadecimal digits. */
  digest?: string;
  nonce?: Uint8Array;
}

const sha256 = '2.16.840.1.101.3.4.2.1';

const isKnown = (policy: string, known: readonly string[]): boolean =>
  known.some((entry) => (entry.endsWith('.') ? policy.startsWith(entry) : policy === entry));

/** The nonce compared as a number: a leading zero may have been put before it. */
const sameNumber = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && BigInt(`0x${toHex(a) || '0'}`) === BigInt(`0x${toHex(b) || '0'}`);

const judge = async (
  { granted, signed, info }: ParsedTimeStamp,
  content: TimeStampContent,
  { digest, nonce, policies, ...expected }: TimeStampExpectations,
  ports: Cryptography,
): Promise<TimeStampFindings> => {
  const roots = readRoots(expected.roots);
  const chain = await judgeChain(signed, { roots, at: content.genTime }, ports);
  const imprint = content.imprint.algorithm === sha256 && content.imprint.digest === digest;
  return {
    parsed: true,
    granted,
    imprintMatches: digest === undefined ? null : imprint,
    nonceMatches: nonce === undefined ? null : sameNumber(info.nonce, nonce),
    signatureValid: signed.signatureValid && signed.digestMatches,
    certificateBound: signed.certificateBound === true,
    certificateValidAtGenTime: chain.leafValid,
    extendedKeyUsage: (chain.leaf && readExtendedKeyUsage(chain.leaf)?.includes(oid.timeStamping)) ?? null,
    chainToPinnedRoot: chain.reachesRoot,
    certificatesIntact: await areIntact(signed.certificates, roots, ports),
    policyRecognised: isKnown(content.policy, policies),
    revocationChecked: null,
  };
};

const nothingHolds: TimeStampFindings = {
  parsed: false,
  granted: null,
  imprintMatches: null,
  nonceMatches: null,
  signatureValid: false,
  certificateBound: false,
  certificateValidAtGenTime: false,
  extendedKeyUsage: null,
  chainToPinnedRoot: false,
  certificatesIntact: false,
  policyRecognised: false,
  revocationChecked: null,
};

/** Reads a DER TimeStampResp or a bare token and says finding by finding what holds. Never throws. */
export const verifyTimeStamp = async (
  der: Uint8Array,
  expected: TimeStampExpectations,
  ports: Cryptography,
): Promise<VerifiedTimeStamp> => {
  try {
    const parsed = await readTimeStamp(der, ports);
    const content = contentOf(parsed);
    return { findings: await judge(parsed, content, expected, ports), content };
  } catch {
    return { findings: nothingHolds, content: undefined };
  }
};
