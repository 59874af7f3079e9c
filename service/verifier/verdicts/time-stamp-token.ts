import { equalBytes, toHex } from '#bytes.ts';
import { readCertificate, type Certificate } from '#certificates/certificate.ts';
import { digestNamed } from '#certificates/digest-algorithms.ts';
import { areIntact, judgeChain, readRoots } from '#certificates/chain.ts';
import { weaknessesOf, weaknessOfAlgorithm } from '#certificates/weaknesses.ts';
import { contentOf, readTimeStamp, type ParsedTimeStamp, type TimeStampContent } from '#cms/read-time-stamp.ts';
import type { Cryptography, DigestAlgorithm } from '#ports/ports.ts';
import type { ConservationFindings, StampTrust } from './findings.ts';
import { areStrong, toNotes } from './signature-trust.ts';
import { hasCome, judgeAuthority } from './stamp-authority.ts';

export interface VerifiedTimeStamp {
  findings: ConservationFindings;
  content: TimeStampContent | undefined;
  /** The token names the certificate that signed it. */
  certificateBound: boolean;
  notes: string[];
}

export interface TimeStampExpectations extends StampTrust {
  /** In lower-case hexadecimal digits. */
  digest?: string;
  /** What it is by; by default SHA-256. */
  algorithm?: DigestAlgorithm;
  nonce?: Uint8Array;
}

const isKnown = (policy: string, known: readonly string[]): boolean =>
  known.some((entry) => (entry.endsWith('.') ? policy.startsWith(entry) : policy === entry));

/** The nonce compared as a number: a leading zero may have been put before it. */
const sameNumber = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && BigInt(`0x${toHex(a) || '0'}`) === BigInt(`0x${toHex(b) || '0'}`);

/** Null where nobody is known to have signed. */
const isApart = (leaf: Certificate | undefined, signatories: readonly Uint8Array[]): boolean | null =>
  signatories.length === 0
    ? null
    : !signatories.some((der) => leaf && equalBytes(readCertificate(der).publicKey, leaf.publicKey));

const judge = async (
  stamp: ParsedTimeStamp,
  content: TimeStampContent,
  { digest, algorithm = 'sha256', nonce, policies, legacy = false, now, ...expected }: TimeStampExpectations,
  ports: Cryptography,
): Promise<Omit<VerifiedTimeStamp, 'content'>> => {
  const { granted, signed, info } = stamp;
  const roots = readRoots(expected.roots);
  const providers = readRoots(expected.providerRoots ?? []);
  const chain = await judgeChain(signed, { roots, at: content.genTime, purpose: 'time-stamping' }, ports);
  const { extendedKeyUsage, certificateBound } = judgeAuthority({ stamp, chain, providers, anchored: true });
  const imprint = digestNamed(content.imprint.algorithm) === algorithm && content.imprint.digest === digest;
  const certificates = chain.path ?? (chain.leaf ? [chain.leaf] : []);
  const weaknesses = [
    ...new Set([...weaknessOfAlgorithm(info.imprint.algorithm), ...signed.weaknesses, ...weaknessesOf(certificates)]),
  ];
  const findings: ConservationFindings = {
    parsed: true,
    granted,
    imprintMatches: digest === undefined ? null : imprint,
    nonceMatches: nonce === undefined ? null : sameNumber(info.nonce, nonce),
    signatureValid: signed.signatureValid && signed.digestMatches,
    certificateValidAtGenTime: chain.leafValid,
    genTimeHasCome: hasCome(content.genTime, now),
    extendedKeyUsage,
    certificateBound,
    apartFromSigners: isApart(chain.leaf, expected.signatories ?? []),
    chainToPinnedRoot: chain.path !== undefined,
    algorithmsStrong: areStrong(weaknesses, { legacy }),
    certificatesIntact: await areIntact(signed.certificates, roots, ports),
    policyRecognised: isKnown(content.policy, policies),
    revocationChecked: null,
  };
  return { findings, certificateBound: signed.certificateBound === true, notes: toNotes(weaknesses, chain.fault) };
};

const nothingHolds: ConservationFindings = {
  parsed: false,
  granted: null,
  imprintMatches: null,
  nonceMatches: null,
  signatureValid: false,
  certificateValidAtGenTime: false,
  genTimeHasCome: false,
  extendedKeyUsage: null,
  certificateBound: null,
  apartFromSigners: null,
  chainToPinnedRoot: false,
  algorithmsStrong: null,
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
    return { ...(await judge(parsed, content, expected, ports)), content };
  } catch {
    return { findings: nothingHolds, content: undefined, certificateBound: false, notes: [] };
  }
};
