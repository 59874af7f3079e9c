import { equalBytes } from '#bytes.ts';
import { readElement } from '#asn1/read.ts';
import { judgeChain, readRoots } from '#certificates/chain.ts';
import { readTimeStamp } from '#cms/read-time-stamp.ts';
import { verifySignedData, type VerifiedSignedData } from '#cms/verify-signed-data.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { SignatureFindings, VerifiedSignature } from './findings.ts';
import { isImprintOf, judgeTimeStamp } from './judge-time-stamp.ts';
import type { SignedBytes } from '#pdf/signature-value.ts';

/** What is asked of one signature besides its place in the document. */
export interface SignatureToJudge {
  kind: VerifiedSignature['kind'];
  subFilter: string | undefined;
  signedBytes: SignedBytes;
  /** As the dictionary says. */
  claimedTime: Date | undefined;
  roots: readonly string[] | undefined;
  now: Date;
}

export type JudgedSignature = Pick<VerifiedSignature, 'signedAt' | 'certificate'> & {
  findings: Omit<SignatureFindings, 'laterChangesAllowed'>;
};

/** What holds of a signature that cannot be read. */
export const unreadable: JudgedSignature = {
  signedAt: undefined,
  certificate: undefined,
  findings: {
    parsed: false,
    rangeWhole: true,
    digestMatches: false,
    signatureValid: false,
    certificateBound: null,
    certificateValidWhenSigned: false,
    chainToPinnedRoot: null,
    timeStampHolds: null,
    timeStampToPinnedRoot: null,
  },
};

/** Whether what was signed is what the document's range holds: detached, or its SHA-1 inside in the oldest form. */
const coversDocument = (
  { content, digestMatches }: VerifiedSignedData,
  { signedBytes, subFilter }: SignatureToJudge,
  ports: Cryptography,
): boolean => {
  if (!content) return digestMatches;
  return (
    digestMatches && subFilter === 'adbe.pkcs7.sha1' && equalBytes(content, ports.digest('sha1', signedBytes.bytes))
  );
};

const judgeCms = async (signature: SignatureToJudge, ports: Cryptography): Promise<JudgedSignature> => {
  const { signedBytes, claimedTime, now } = signature;
  const roots = signature.roots && readRoots(signature.roots);
  const cms = await verifySignedData({ cms: signedBytes.contents, detached: signedBytes.bytes }, ports);
  const { time, ...timeStamp } = await judgeTimeStamp(cms, roots, ports);
  const signedAt = time ?? claimedTime;
  const chain = await judgeChain(cms, { roots: roots ?? [], at: signedAt ?? now }, ports);
  return {
    signedAt,
    certificate: cms.signerCertificate,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: coversDocument(cms, signature, ports),
      signatureValid: cms.signatureValid,
      certificateBound: cms.certificateBound ?? null,
      certificateValidWhenSigned: chain.leafValid,
      chainToPinnedRoot: roots ? chain.reachesRoot : null,
      ...timeStamp,
    },
  };
};

/** The gap is larger than its value: zeros follow. */
const withoutPadding = (contents: Uint8Array): Uint8Array => contents.subarray(0, readElement(contents).end);

/** A time-stamp of the document is a token over what the range holds (ISO 32000-2, 12.8.5). */
const judgeDocumentTimeStamp = async (
  { signedBytes, ...signature }: SignatureToJudge,
  ports: Cryptography,
): Promise<JudgedSignature> => {
  const roots = signature.roots && readRoots(signature.roots);
  const stamp = await readTimeStamp(withoutPadding(signedBytes.contents), ports);
  const { genTime } = stamp.info;
  const { signed } = stamp;
  const chain = await judgeChain(signed, { roots: roots ?? [], at: genTime }, ports);
  return {
    signedAt: genTime,
    certificate: signed.signerCertificate,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: signed.digestMatches && isImprintOf(stamp, signedBytes.bytes, ports),
      signatureValid: signed.signatureValid,
      certificateBound: signed.certificateBound ?? null,
      certificateValidWhenSigned: chain.leafValid,
      chainToPinnedRoot: roots ? chain.reachesRoot : null,
      timeStampHolds: null,
      timeStampToPinnedRoot: null,
    },
  };
};

/** Judges one signature over what it covers. What comes after it is judged elsewhere. Never throws. */
export const judgeSignature = async (signature: SignatureToJudge, ports: Cryptography): Promise<JudgedSignature> => {
  const judge = signature.kind === 'time-stamp' ? judgeDocumentTimeStamp : judgeCms;
  try {
    return await judge(signature, ports);
  } catch {
    return unreadable;
  }
};
