import { failedOf, type DocumentToVerify, type VerifiedDocument, type VerifiedSignature } from './findings.ts';
import { startsWith } from '#bytes.ts';
import { comparePages, type ComparedPages } from '#changes/compare-pages.ts';
import { EncryptedFault, LimitFault } from '#pdf/fault.ts';
import { readPermission, readSignatureFields } from '#pdf/form.ts';
import { judgeFields, type PlacedSignature } from './judge-fields.ts';
import { readPages } from '#pdf/page-tree.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import type { Ports } from '#ports/ports.ts';
import { unread } from './unread.ts';

/** What is allowed after a signature (ISO 32000-2, 12.8.2.2, table 257); without certification, filling in and signing. */
const allowedBy = (permission: number | undefined) => ({ fill: permission !== 1, annotate: permission === 3 });

const laterChangesAllowed = (
  file: PdfFile,
  { end, later }: { end: number; later: VerifiedSignature[] },
  ports: Ports,
): boolean | null => {
  if (end === file.bytes.length) return null;
  const permission = readPermission(file);
  if (permission === 1 && later.some(({ kind }) => kind === 'signature')) return false;
  try {
    const before = openPdf(file.bytes.subarray(0, end), ports);
    const { unchanged, added } = comparePages({ before, after: file }, allowedBy(permission), ports);
    return unchanged && added === 0;
  } catch {
    return false;
  }
};

/** All signatures, in the order in which they were made. */
const judgeSignatures = async (
  file: PdfFile,
  candidate: DocumentToVerify,
  ports: Ports,
): Promise<PlacedSignature[]> => {
  const placed = await judgeFields(file, candidate, ports);
  return placed.map(({ end, signature }, index) => {
    const later = placed.slice(index + 1).map((other) => other.signature);
    const allowed = end === 0 ? null : laterChangesAllowed(file, { end, later }, ports);
    return { end, signature: { ...signature, findings: { ...signature.findings, laterChangesAllowed: allowed } } };
  });
};

const isOfPerson = ({ kind }: VerifiedSignature): boolean => kind === 'signature';

/** What is kept of the original, and how many persons have signed it. */
const compareOriginal = (
  after: PdfFile,
  original: Uint8Array,
  ports: Ports,
): { compared: ComparedPages; signatures: number } => {
  try {
    const before = openPdf(original, ports);
    const fields = readSignatureFields(before).filter(
      ({ value }) => value && nameAt(value, 'SubFilter') !== 'ETSI.RFC3161',
    );
    return {
      compared: comparePages({ before, after }, { fill: false, annotate: false }, ports),
      signatures: fields.length,
    };
  } catch {
    return { compared: { kept: false, unchanged: false, added: 0 }, signatures: 0 };
  }
};

const judge = async (candidate: DocumentToVerify, ports: Ports): Promise<VerifiedDocument> => {
  const { document, original } = candidate;
  const file = openPdf(document, ports);
  const pages = readPages(file).length;
  const before = original && compareOriginal(file, original, ports);
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
      nothingAddedAfter: placed.length ? placed.at(-1)!.end === document.length : null,
    },
    pages,
    startsWithOriginal: original !== undefined && startsWith(document, original),
    signatures,
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
