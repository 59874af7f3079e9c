import type { Evidence } from '@tu-esign/contract';
import { readPemBlocks } from '@tu-esign/verifier/asn1/pem.ts';
import { isIdentifierSealed, type Fault } from '@tu-esign/verifier/evidence/judge-evidence.ts';
import type { JudgedFile } from '@tu-esign/verifier/evidence/judge-files.ts';
import type { Anchored } from '@tu-esign/verifier/verdicts/findings.ts';
import { toTable } from '#command/table.ts';
import { nameOf } from './name-of.ts';
import { toFirstLine } from './verdict.ts';

export interface EvidenceVerdict extends Anchored {
  evidence: Evidence;
  files: readonly JudgedFile[];
  faults: readonly Fault[];
}

/** The verdict for a person, or as JSON. */
export const describeEvidence = (verdict: EvidenceVerdict, asJson: boolean): string => {
  if (asJson) return `${JSON.stringify(toReport(verdict), undefined, 2)}\n`;
  const { evidence, files } = verdict;
  const parts = [
    `Evidence of signing ${evidence.signing} (${evidence.identifier})\n`,
    ...(isIdentifierSealed(evidence) ? [] : ['Its identifier is not sealed: no entry names it.\n']),
    toTable([['entry', 'at', 'kind', 'verdict'], ...toEntryRows(verdict)]),
    toCertificateLine(verdict),
    ...(files.length ? [toTable([['file', 'is'], ...toFileRows(files)])] : []),
    toConclusion(verdict),
  ];
  return toFirstLine(verdict, 'sealed') + parts.join('\n');
};

const toReport = ({ evidence, ...verdict }: EvidenceVerdict) => {
  const { signing, identifier, entries } = evidence;
  const identifierSealed = isIdentifierSealed(evidence);
  return { signing, identifier, identifierSealed, entries: entries.length, ...verdict };
};

const toEntryRows = ({ evidence, faults }: EvidenceVerdict): string[][] =>
  evidence.entries.map(({ at, kind }, index) => {
    const own = faults.filter(({ entry }) => entry === index + 1).map(({ what, detail }) => `${what}: ${detail}`);
    return [String(index + 1), at, kind, own.join('; ') || 'holds'];
  });

const toFileRows = (files: readonly JudgedFile[]): string[][] =>
  files.map(({ path, name }) => [path, name ?? 'not a file that the evidence names']);

const toCertificateLine = ({ evidence, anchored, faults }: EvidenceVerdict): string => {
  const fault = faults.find(({ what }) => what === 'certificate');
  if (fault) return `certificate: ${fault.detail}\n`;
  const name = nameOf(readPemBlocks(evidence.certificates)[0]);
  return `certificate: ${name}: ${anchored ? 'holds' : 'holds within itself; give --root to know whose it is'}\n`;
};

const toConclusion = ({ anchored, faults: [first] }: EvidenceVerdict): string => {
  if (!first) return `All of it holds${anchored ? '' : '; who sealed it was not judged'}.\n`;
  const { entry, what } = first;
  return `BROKEN${entry === undefined ? '' : ` at entry ${entry}`}: ${what}\n`;
};
