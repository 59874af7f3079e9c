import { judgeChain } from '#asn1/chain.ts';
import { contentOf, hex, readTimeStamp, type ParsedTimeStamp, type TimeStampContent } from './read-time-stamp.ts';

/**
 * What holds of a time-stamp, finding by finding; null where it could not be judged. Nobody's accreditation
 * is inferred from them.
 */
export interface TimeStampFindings {
  /** It is a TimeStampResp or a bare TimeStampToken (RFC 3161, 2.4.2). */
  parsed: boolean;
  /** Status granted or grantedWithMods; null for a bare token, which has none. */
  granted: boolean | null;
  /** The imprint is the SHA-256 that was asked about; null where none was. */
  imprintMatches: boolean | null;
  /** The nonce is the one that was sent; null where none was. */
  nonceMatches: boolean | null;
  /** The signature over the token verifies and covers its content. */
  signatureValid: boolean;
  /** The token names the certificate that signed it (SigningCertificate, V1 or V2). */
  certificateBound: boolean;
  /** The signer's certificate was valid at genTime. */
  certificateValidAtGenTime: boolean;
  /** The signer's certificate may stamp times; Mexican PSCs' do not say so. */
  extendedKeyUsage: boolean;
  /** Its chain leads to a pinned root, each certificate valid at genTime. */
  chainToPinnedRoot: boolean;
  /** The policy is on the list of known ones, or under a known prefix. */
  policyRecognised: boolean;
  /** Revocation is not looked at yet. */
  revocationChecked: false;
}

export interface VerifiedTimeStamp {
  findings: TimeStampFindings;
  content: TimeStampContent | undefined;
}

export interface TimeStampExpectations {
  /** PEM of the roots that are believed; the one inside never is. */
  roots: string[];
  /** Dotted policies; one that ends in a full stop stands for all below it. */
  policies: string[];
  /** SHA-256, 64 hexadecimal digits. */
  digest?: string;
  nonce?: Uint8Array;
}

const timeStamping = '1.3.6.1.5.5.7.3.8';
const sha256 = '2.16.840.1.101.3.4.2.1';

const isKnown = (policy: string, known: string[]): boolean =>
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
    extendedKeyUsage: chain.leaf?.keyUsage?.includes(timeStamping) ?? false,
    chainToPinnedRoot: chain.reachesRoot,
    policyRecognised: isKnown(content.policy, policies),
    revocationChecked: false,
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
  extendedKeyUsage: false,
  chainToPinnedRoot: false,
  policyRecognised: false,
  revocationChecked: false,
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
