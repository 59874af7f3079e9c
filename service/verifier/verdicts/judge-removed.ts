import type { DocumentChange } from '#changes/change.ts';
import { readEarlierRevisions } from '#changes/revision/earlier-revisions.ts';
import { readSignatureFields } from '#pdf/form.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { readSignedBytes } from '#pdf/signature-value.ts';
import type { Ports } from '#ports/ports.ts';
import type { DocumentToVerify, SignatureFindings } from './findings.ts';
import { judgeFields, type PlacedSignature } from './judge-fields.ts';

const removal: DocumentChange = {
  kind: 'unexplained',
  allowed: false,
  object: 'trailer',
  path: 'Root/AcroForm/Fields',
  revision: 0,
  detail: 'the signature was removed',
};

/** What never held was no signature. */
const isSound = ({ parsed, rangeWhole, digestMatches, signatureValid }: SignatureFindings): boolean =>
  parsed && rangeWhole && digestMatches && signatureValid;

const tryJudge = async (earlier: PdfFile, candidate: DocumentToVerify, ports: Ports): Promise<PlacedSignature[]> => {
  try {
    return await judgeFields(earlier, candidate, ports);
  } catch {
    return [];
  }
};

/** Where the signatures of a revision end. Whatever cannot be read is not looked for. */
const readEnds = (earlier: PdfFile): number[] => {
  try {
    return readSignatureFields(earlier).flatMap(({ value }) => (value && readSignedBytes(earlier, value)?.end) ?? []);
  } catch {
    return [];
  }
};

/** Signatures that a later revision has taken away, or that it has gone back to before. */
export const judgeRemoved = async (
  file: PdfFile,
  { present, candidate }: { present: readonly PlacedSignature[]; candidate: DocumentToVerify },
  ports: Ports,
): Promise<PlacedSignature[]> => {
  const known = new Set(present.map(({ end }) => end));
  const found: PlacedSignature[] = [];
  for (const earlier of readEarlierRevisions(file, ports)) {
    if (readEnds(earlier).every((end) => known.has(end))) continue;
    for (const { end, signature } of await tryJudge(earlier, candidate, ports)) {
      if (known.has(end)) continue;
      known.add(end);
      const findings = { ...signature.findings, laterChangesAllowed: false };
      if (isSound(findings)) found.push({ end, signature: { ...signature, findings, changes: [removal] } });
    }
  }
  return found;
};
