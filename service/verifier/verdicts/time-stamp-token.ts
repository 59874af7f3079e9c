import { areIntact, judgeChain } from '#asn1/chain.ts';
import type { ConservationFindings } from './findings.ts';
import { contentOf, hex, readTimeStamp, type ParsedTimeStamp, type TimeStampContent } from '#asn1/read-time-stamp.ts';

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

const timeStamping = '1.3.6.1.5.5.7.3.8';
const sha256 = '2.16.840.1.101.3.4.2.1';

const isKnown = (policy: string, known: readonly string[]): boolean =>
  known.some((entry) => (entry.endsWith('.') ? policy.startsWith(entry) : policy === entry));

/** The nonce compared as a number: a leading zero may have been put before it. */
const sameNumber = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && BigInt(`0x${hex(a) || '0'}`) === BigInt(`0x${hex(b) || '0'}`);

const judge = (
  parsed: ParsedTimeStamp,
  content: TimeStampContent,
  expected: TimeStampExpectations,
): TimeStampFindings => {
  const { granted, signed, info } = parsed;
  const { digest, nonce, roots, policies } = expected;
  const chain = judgeChain(signed, { roots, at: content.genTime });
  const imprint = content.imprint.algorithm === sha256 && content.imprint.digest === digest;
  return {
    parsed: true,
    granted,
    imprintMatches: digest === undefined ? null : imprint,
    nonceMatches: nonce === undefined ? null : sameNumber(info.nonce?.valueBlock.valueHexView, nonce),
    signatureValid: signed.signatureValid && signed.digestMatches,
    certificateBound: signed.certificateBound === true,
    certificateValidAtGenTime: chain.leafValid,
    extendedKeyUsage: chain.leaf?.keyUsage?.includes(timeStamping) ?? null,
    chainToPinnedRoot: chain.reachesRoot,
    certificatesIntact: areIntact(signed.certificates, roots),
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
export const verifyTimeStamp = (der: Uint8Array, expected: TimeStampExpectations): VerifiedTimeStamp => {
  try {
    const parsed = readTimeStamp(der);
    const content = contentOf(parsed);
    return { findings: judge(parsed, content, expected), content };
  } catch {
    return { findings: nothingHolds, content: undefined };
  }
};
