import { failedOf, type DocumentToVerify, type VerifiedDocument, type VerifiedSignature } from './findings.ts';
import { startsWith } from '#bytes.ts';
import type { DocumentChange } from '#changes/change.ts';
import { judgeLaterChanges } from '#changes/judge-changes.ts';
import { compareOriginal, type ComparedOriginal } from '#changes/original/compare-original.ts';
import { EncryptedFault, LimitFault } from '#pdf/fault.ts';
import { readSignatureFields } from '#pdf/form.ts';
import { judgeFields, type PlacedSignature } from './judge-fields.ts';
import { judgeRemoved } from './judge-removed.ts';
import { readPages } from '#pdf/page-tree.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import type { Ports } from '#ports/ports.ts';
import { unread } from './unread.ts';

/** All signatures, in the order in which they were made, and those that are there no more. */
const judgeSignatures = async (
  file: PdfFile,
  candidate: DocumentToVerify,
  ports: Ports,
): Promise<PlacedSignature[]> => {
  const placed = await judgeFields(file, candidate, ports);
  const later = judgeLaterChanges(
    file,
    placed.map(({ end }) => end),
    ports,
  );
  const judged = placed.map(({ end, signature }) => {
    const { allowed, changes } = later.get(end) ?? { allowed: null, changes: [] };
    const findings = { ...signature.findings, laterChangesAllowed: allowed };
    return { end, signature: { ...signature, findings, changes } };
  });
  const removed = await judgeRemoved(file, { present: placed, candidate }, ports);
  return [...judged, ...removed].sort((one, other) => one.end - other.end);
};

/** Whether nothing lies behind a signature but updates that it allows. */
const isLast = ({ bytes, crossReference }: PdfFile, { end, signature }: PlacedSignature): boolean =>
  end === bytes.length || (crossReference.sections[0]!.start >= end && signature.findings.laterChangesAllowed === true);

const forLongTerm = new Set<DocumentChange['kind']>(['long-term-data', 'time-stamp']);

/** Whether it covers all that there was, and nothing but what verifies it long after came behind it. */
const isRenewedOnly = ({ findings, changes }: VerifiedSignature): boolean =>
  findings.rangeWhole &&
  findings.laterChangesAllowed === true &&
  changes.length > 0 &&
  changes.every(({ kind }) => forLongTerm.has(kind));

const earlierEndsOf = (placed: readonly PlacedSignature[]): number[] =>
  placed.flatMap(({ end, signature }) => (isRenewedOnly(signature) ? [end] : [])).toReversed();

const isOfPerson = ({ kind }: VerifiedSignature): boolean => kind === 'signature';

/** What is kept of the original, and how many persons have signed it. */
const judgeOriginal = (
  after: PdfFile,
  original: Uint8Array,
  ports: Ports,
): { compared: ComparedOriginal; signatures: number } => {
  try {
    const before = openPdf(original, ports);
    const fields = readSignatureFields(before).filter(
      ({ value }) => value && nameAt(value, 'SubFilter') !== 'ETSI.RFC3161',
    );
    return { compared: compareOriginal(before, after, ports), signatures: fields.length };
  } catch {
    return { compared: { kept: false, unchanged: false, changes: [] }, signatures: 0 };
  }
};

const judge = async (candidate: DocumentToVerify, ports: Ports): Promise<VerifiedDocument> => {
  const { document, original } = candidate;
  const file = openPdf(document, ports);
  const pages = readPages(file).length;
  const before = original && judgeOriginal(file, original, ports);
  const placed = await judgeSignatures(file, candidate, ports);
  const signatures = placed.map(({ signature }) => signature);
  const wanted = candidate.signatures ?? (before ? before.signatures + 1 : 1);
  return {
    findings: {
      parsed: true,
      originalPagesKept: before?.compared.kept ?? null,
      originalPagesUnchanged: before?.compared.unchanged ?? null,
      signaturesPresent: signatures.filter(isOfPerson).length >= wanted,
      signaturesHold: signatures.length ? signatures.every(({ findings }) => failedOf(findings).length === 0) : null,
      nothingAddedAfter: placed.length ? isLast(file, placed.at(-1)!) : null,
    },
    pages,
    startsWithOriginal: original !== undefined && startsWith(document, original),
    signatures,
    changes: before?.compared.changes ?? [],
    earlierEnds: earlierEndsOf(placed),
  };
};

const reasonOf = (error: unknown): NonNullable<VerifiedDocument['fault']> => {
  if (error instanceof LimitFault) return 'document-too-complex';
  return error instanceof EncryptedFault ? 'document-encrypted' : 'document-damaged';
};

/** See VerifyDocument; without limits of time and memory. Never throws. */
export const verifyDocument = async (candidate: DocumentToVerify, ports: Ports): Promise<VerifiedDocument> => {
  try {
    return await judge(candidate, ports);
  } catch (error) {
    return unread(reasonOf(error));
  }
};
