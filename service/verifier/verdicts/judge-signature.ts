import { hash } from 'node:crypto';
import { judgeChain } from '#asn1/chain.ts';
import { readElement } from '#asn1/read.ts';
import { readTimeStamp } from '#asn1/read-time-stamp.ts';
import { verifySignedData, type VerifiedSignedData } from '#asn1/verify-signed-data.ts';
import type { SignatureFindings, VerifiedSignature } from './findings.ts';
import { isImprintOf, judgeTimeStamp } from './judge-time-stamp.ts';
import type { Covered } from '#pdf/signature-value.ts';

/** What is asked of one signature besides its place in the document. */
export interface SignatureToJudge {
  kind: VerifiedSignature['kind'];
  subFilter: string | undefined;
  covered: Covered;
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
const coversDocument = (cms: VerifiedSignedData, { covered, subFilter }: SignatureToJudge): boolean => {
  if (!cms.content) return cms.digestMatches;
  return (
    cms.digestMatches && subFilter === 'adbe.pkcs7.sha1' && cms.content.equals(hash('sha1', covered.bytes, 'buffer'))
  );
};

const judgeCms = (signature: SignatureToJudge): JudgedSignature => {
  const { covered, claimedTime, roots, now } = signature;
  const cms = verifySignedData(covered.contents, covered.bytes);
  const { time, ...timeStamp } = judgeTimeStamp(cms, roots);
  const signedAt = time ?? claimedTime;
  const chain = judgeChain(cms, { roots: roots ?? [], at: signedAt ?? now });
  return {
    signedAt,
    certificate: cms.signerCertificate,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: coversDocument(cms, signature),
      signatureValid: cms.signatureValid,
      certificateBound: cms.certificateBound ?? null,
      certificateValidWhenSigned: chain.leafValid,
      chainToPinnedRoot: roots ? chain.reachesRoot : null,
      ...timeStamp,
    },
  };
};

/** The gap is larger than its value: zeros follow. */
const withoutPadding = (contents: Buffer): Buffer => contents.subarray(0, readElement(contents).end);

/** A time-stamp of the document is a token over what the range holds (ISO 32000-2, 12.8.5). */
const judgeDocumentTimeStamp = ({ covered, roots }: SignatureToJudge): JudgedSignature => {
  const stamp = readTimeStamp(withoutPadding(covered.contents));
  const { genTime } = stamp.info;
  const { signed } = stamp;
  const chain = judgeChain(signed, { roots: roots ?? [], at: genTime });
  return {
    signedAt: genTime,
    certificate: signed.signerCertificate,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: signed.digestMatches && isImprintOf(stamp, covered.bytes),
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
export const judgeSignature = (signature: SignatureToJudge): JudgedSignature => {
  try {
    return signature.kind === 'time-stamp' ? judgeDocumentTimeStamp(signature) : judgeCms(signature);
  } catch {
    return unreadable;
  }
};
