import { equalBytes } from '#bytes.ts';
import { endOfElement } from '#asn1/ber.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { isValidAt } from '#certificates/certificate.ts';
import { judgeChain, type ChainJudgement } from '#certificates/chain.ts';
import { maySign } from '#certificates/purposes.ts';
import { weaknessesOf } from '#certificates/weaknesses.ts';
import { verifySignedData, type VerifiedSignedData } from '#cms/verify-signed-data.ts';
import type { Used } from '#long-term/level.ts';
import type { SignedBytes } from '#pdf/signature-value.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { SignatureFindings, VerifiedSignature } from './findings.ts';
import { holdsItself, judgeTimeStamp, provenTime, type JudgedTimeStamp } from './judge-time-stamp.ts';
import { areStrong, toNotes, type SignatureTrust } from './signature-trust.ts';

/** What is asked of one signature besides its place in the document. */
export interface SignatureToJudge {
  kind: VerifiedSignature['kind'];
  subFilter: string | undefined;
  signedBytes: SignedBytes;
  /** As the dictionary says. */
  claimedTime: Date | undefined;
  /** The earliest time that a time-stamp of the document over it proves. */
  provenTime?: Date | undefined;
  /** DER certificates of those whose signatures a time-stamp of the document covers. */
  signatories: readonly Uint8Array[];
  trust: SignatureTrust;
}

export type JudgedSignature = Omit<VerifiedSignature, 'changes' | 'field' | 'kind' | 'findings' | 'level'> & {
  findings: Omit<SignatureFindings, 'laterChangesAllowed' | 'notRevoked'>;
  /** The keys that it rests on. */
  used: readonly Used[];
  /** Whether it is of the form that PAdES has levels for. */
  isBaseline: boolean;
};

/** What holds of a signature that cannot be read. */
export const unreadable: JudgedSignature = {
  signedAt: undefined,
  timeProven: false,
  certificate: undefined,
  notes: [],
  used: [],
  isBaseline: false,
  findings: {
    parsed: false,
    rangeWhole: true,
    digestMatches: false,
    signatureValid: false,
    certificateBound: null,
    certificateValidWhenSigned: false,
    certificateMaySign: null,
    chainToPinnedRoot: null,
    algorithmsStrong: null,
    timeStampHolds: null,
    timeStampByAuthority: null,
    timeStampToPinnedRoot: null,
  },
};

const pkcs7Sha1 = 'adbe.pkcs7.sha1';
const rsaSha1 = 'adbe.x509.rsa_sha1';
const cades = 'ETSI.CAdES.detached';
/** What /Contents is CMS in (ISO 32000-2, 12.8.3.1). */
const known = new Set<string | undefined>(['adbe.pkcs7.detached', cades, pkcs7Sha1]);

/** Whether what was signed is what the document's range holds: detached, or its SHA-1 inside in the oldest form. */
const coversDocument = (
  { content, digestMatches }: VerifiedSignedData,
  { signedBytes, subFilter }: SignatureToJudge,
  ports: Cryptography,
): boolean => {
  if (subFilter === pkcs7Sha1)
    return digestMatches && content !== undefined && equalBytes(content, ports.digest('sha1', signedBytes.bytes));
  return digestMatches && content === undefined;
};

/** CAdES demands that attributes are signed, and name the certificate (EN 319 142-1, 6.3). */
const isBound = ({ certificateBound }: VerifiedSignedData, subFilter: string | undefined): boolean | null =>
  certificateBound ?? (subFilter === cades ? false : null);

/** True where all are, false where one is not; null where nobody knows, or there is none. */
const every = (values: readonly (boolean | null)[]): boolean | null => {
  if (values.includes(false)) return false;
  return values.includes(null) || values.length === 0 ? null : true;
};

/**
 * Whether the certificate was valid when it signed. Without a time-stamp that is now, whatever a signature says of itself;
 * where nobody said whom to believe, and it has merely expired since, it is not judged.
 */
const wasValid = (
  { leaf, leafValid }: ChainJudgement,
  proven: Date | undefined,
  { claimedTime, trust }: SignatureToJudge,
): boolean | null => {
  if (leafValid || proven || trust.roots || !leaf || !claimedTime) return leafValid;
  return isValidAt(leaf, claimedTime) && claimedTime < trust.now ? null : false;
};

const earliest = (times: readonly (Date | undefined)[]): Date | undefined =>
  times.filter((time) => time !== undefined).toSorted((one, other) => one.getTime() - other.getTime())[0];

/** Nobody's signature has more. */
const mostTimeStamps = 4;

const judgeStampsOf = (
  { timeStampTokens, signature: bytes, signerCertificate }: VerifiedSignedData,
  { trust }: SignatureToJudge,
  ports: Cryptography,
): Promise<JudgedTimeStamp[]> => {
  const stamped = { bytes, signatories: signerCertificate ? [signerCertificate] : [] };
  return Promise.all(
    timeStampTokens.slice(0, mostTimeStamps).map((token) => judgeTimeStamp(token, stamped, trust, ports)),
  );
};

const usedBy = ({ stamp }: JudgedTimeStamp): Used[] =>
  stamp ? [{ signer: stamp.signed, purpose: 'time-stamping', at: stamp.info.genTime }] : [];

const judgeCms = async (signature: SignatureToJudge, ports: Cryptography): Promise<JudgedSignature> => {
  const { signedBytes, subFilter, claimedTime, trust } = signature;
  const cms = await verifySignedData({ cms: signedBytes.contents, detached: signedBytes.bytes }, ports);
  const stamps = await judgeStampsOf(cms, signature, ports);
  const proven = earliest([...stamps.map(provenTime), signature.provenTime]);
  const at = proven ?? trust.now;
  const chain = await judgeChain(cms, { roots: trust.roots ?? [], at, purpose: 'signing' }, ports);
  const certificates = chain.path ?? (chain.leaf ? [chain.leaf] : []);
  const old = subFilter === pkcs7Sha1 ? ['SHA-1'] : [];
  const weaknesses = [
    ...new Set([
      ...old,
      ...cms.weaknesses,
      ...weaknessesOf(certificates),
      ...stamps.flatMap((stamp) => stamp.weaknesses),
    ]),
  ];
  return {
    signedAt: proven ?? claimedTime,
    timeProven: proven !== undefined,
    certificate: cms.signerCertificate,
    notes: toNotes(weaknesses, chain.fault, ...stamps.map(({ fault }) => fault)),
    used: [{ signer: cms, purpose: 'signing', at }, ...stamps.flatMap(usedBy)],
    isBaseline: subFilter === cades,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: coversDocument(cms, signature, ports),
      // A time-stamp, or whatever else somebody has signed, is no signature of a document (EN 319 142-1, 5.2).
      signatureValid: cms.signatureValid && cms.contentType === oid.data,
      certificateBound: isBound(cms, subFilter),
      certificateValidWhenSigned: wasValid(chain, proven, signature),
      certificateMaySign: trust.roots && chain.leaf ? maySign(chain.leaf) : null,
      chainToPinnedRoot: trust.roots ? chain.path !== undefined : null,
      algorithmsStrong: areStrong(weaknesses, trust),
      timeStampHolds: every(stamps.map(holdsItself)),
      timeStampByAuthority: every(stamps.map(({ byAuthority }) => byAuthority)),
      timeStampToPinnedRoot: every(stamps.map(({ toPinnedRoot }) => toPinnedRoot)),
    },
  };
};

/** The gap is larger than its value: zeros follow. */
const withoutPadding = (contents: Uint8Array): Uint8Array => contents.subarray(0, endOfElement(contents));

/** A time-stamp of the document is a token over what the range holds (ISO 32000-2, 12.8.5). */
const judgeDocumentTimeStamp = async (
  { signedBytes, signatories, trust }: SignatureToJudge,
  ports: Cryptography,
): Promise<JudgedSignature> => {
  const stamped = { bytes: signedBytes.bytes, signatories };
  const judged = await judgeTimeStamp(withoutPadding(signedBytes.contents), stamped, trust, ports);
  const { stamp } = judged;
  if (!stamp) return unreadable;
  const { signed, info } = stamp;
  return {
    signedAt: info.genTime,
    timeProven: provenTime(judged) !== undefined,
    certificate: signed.signerCertificate,
    notes: toNotes(judged.weaknesses, judged.fault),
    used: usedBy(judged),
    isBaseline: false,
    findings: {
      parsed: true,
      rangeWhole: true,
      digestMatches: signed.digestMatches && judged.imprintMatches,
      signatureValid: signed.signatureValid,
      certificateBound: signed.certificateBound ?? null,
      certificateValidWhenSigned: judged.certificateValid,
      certificateMaySign: null,
      chainToPinnedRoot: judged.toPinnedRoot,
      algorithmsStrong: areStrong(judged.weaknesses, trust),
      timeStampHolds: holdsItself(judged),
      timeStampByAuthority: judged.byAuthority,
      timeStampToPinnedRoot: null,
    },
  };
};

/** The oldest form keeps its certificate beside, and knows SHA-1 alone. It is refused, and said so. */
const ofOldestForm: JudgedSignature = {
  ...unreadable,
  notes: [`weak: SHA-1, in the form ${rsaSha1}, which is not judged here`],
  findings: { ...unreadable.findings, algorithmsStrong: false },
};

const judge = (signature: SignatureToJudge, ports: Cryptography): Promise<JudgedSignature> | JudgedSignature => {
  const { kind, subFilter } = signature;
  if (kind === 'time-stamp') return judgeDocumentTimeStamp(signature, ports);
  if (subFilter === rsaSha1) return ofOldestForm;
  if (known.has(subFilter)) return judgeCms(signature, ports);
  return { ...unreadable, notes: ['its form is none that is known'] };
};

/** Behind the value lies nothing but zeros. */
const isPadded = ({ contents }: SignedBytes): boolean =>
  contents.subarray(endOfElement(contents)).every((byte) => byte === 0);

/** Judges one signature over what it covers. What comes after it is judged elsewhere. Never throws. */
export const judgeSignature = async (signature: SignatureToJudge, ports: Cryptography): Promise<JudgedSignature> => {
  try {
    const judged = await judge(signature, ports);
    // What nobody has signed could be put there.
    return { ...judged, findings: { ...judged.findings, rangeWhole: isPadded(signature.signedBytes) } };
  } catch {
    return unreadable;
  }
};
