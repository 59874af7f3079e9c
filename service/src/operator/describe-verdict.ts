import { X509Certificate } from 'node:crypto';
import type { Evidence } from '@tu-esign/contract';
import type { Fault } from './judge-evidence.ts';
import type { JudgedFile } from './judge-files.ts';
import { toTable } from './table.ts';

export interface Verdict {
  holds: boolean;
  /** Whether a root was given: without one nobody knows who sealed. */
  anchored: boolean;
  evidence: Evidence;
  files: readonly JudgedFile[];
  faults: readonly Fault[];
}

/** The verdict for a person, or as JSON. */
export const describeVerdict = (verdict: Verdict, asJson: boolean): string => {
  if (asJson) return `${JSON.stringify(toReport(verdict), undefined, 2)}\n`;
  const { evidence, files } = verdict;
  return [
    `Evidence of signing ${evidence.signing} (${evidence.identifier})\n`,
    toTable([['entry', 'at', 'kind', 'verdict'], ...toEntryRows(verdict)]),
    toCertificateLine(verdict),
    ...(files.length ? [toTable([['file', 'is'], ...toFileRows(files)])] : []),
    toConclusion(verdict),
  ].join('\n');
};

const toReport = ({ evidence, ...verdict }: Verdict) => {
  const { signing, identifier, entries } = evidence;
  return { signing, identifier, entries: entries.length, ...verdict };
};

const toEntryRows = ({ evidence, faults }: Verdict): string[][] =>
  evidence.entries.map(({ at, kind }, index) => {
    const own = faults.filter(({ entry }) => entry === index + 1).map(({ what, detail }) => `${what}: ${detail}`);
    return [String(index + 1), at, kind, own.join('; ') || 'holds'];
  });

const toFileRows = (files: readonly JudgedFile[]): string[][] =>
  files.map(({ path, name }) => [path, name ?? 'not a file that the evidence names']);

const toCertificateLine = ({ evidence, anchored, faults }: Verdict): string => {
  const fault = faults.find(({ what }) => what === 'certificate');
  if (fault) return `certificate: ${fault.detail}\n`;
  const { subject } = new X509Certificate(evidence.certificates);
  const name = /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
  return `certificate: ${name}: ${anchored ? 'holds' : 'holds within itself; give --root to know whose it is'}\n`;
};

const toConclusion = ({ faults: [first] }: Verdict): string => {
  if (!first) return 'All of it holds.\n';
  const { entry, what } = first;
  return `BROKEN${entry === undefined ? '' : ` at entry ${entry}`}: ${what}\n`;
};
