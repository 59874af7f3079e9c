import type { Evidence } from '@tu-esign/contract';
import { fromBase64, toHex } from '@tu-esign/verifier/bytes.ts';
import { areIntact } from '@tu-esign/verifier/certificates/chain.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { judgeEvidence } from '@tu-esign/verifier/evidence/judge-evidence.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';
import { verifyKeyCertificate } from '@tu-esign/verifier/verdicts/verify-key-certificate.ts';

/** What is judged on two platforms; bytes are in base64, so that a page takes them. */
export type Sample = { name: string } & (
  | { kind: 'conservation'; content: string; artefacts: Record<string, string> }
  | { kind: 'signature'; content: string }
  | { kind: 'certificate'; content: string }
  | { kind: 'evidence'; evidence: Evidence; root: string | undefined }
  | { kind: 'document'; content: string; original?: string; roots?: string[] }
);

/** After all samples were signed. */
const now = new Date('2026-12-31T00:00:00Z');

const judgeSample = async (sample: Sample, ports: Ports): Promise<unknown> => {
  if (sample.kind === 'evidence') return judgeEvidence(sample.evidence, sample.root, ports);
  const content = fromBase64(sample.content);
  if (sample.kind === 'signature') return verifySignedData({ cms: content }, ports);
  if (sample.kind === 'certificate')
    return { ...verifyKeyCertificate(content, content), intact: await areIntact([content], [], ports) };
  if (sample.kind === 'document') {
    const original = sample.original && { original: fromBase64(sample.original) };
    return verifyDocument({ document: content, ...original, roots: sample.roots, now }, ports);
  }
  const trust = { roots: pinnedRoots, policies: providerPolicies, artefacts: sample.artefacts, now };
  return verifyConservation(content, trust, ports);
};

/** Bytes as digits, so that verdicts of two platforms can be compared as texts. */
const plain = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? toHex(value) : value);

/** The verdict of each by its name, as JSON; what was thrown is one as well. */
export const judgeSamples = async (samples: readonly Sample[], ports: Ports): Promise<Record<string, string>> => {
  const verdicts: Record<string, string> = {};
  for (const sample of samples) {
    const verdict = await judgeSample(sample, ports).catch((error: unknown) => ({ thrown: String(error) }));
    verdicts[sample.name] = JSON.stringify(verdict, plain);
  }
  return verdicts;
};
