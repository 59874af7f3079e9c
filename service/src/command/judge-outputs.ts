import { timeStampPolicy } from '#authority/policy.ts';
import { pinnedRoots, providerPolicies } from '#conservation/pinned-roots.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';
import { verifyKeyCertificate } from '@tu-esign/verifier/verdicts/verify-key-certificate.ts';
import { digestOf } from '#signing/digest.ts';
import {
  failedOf,
  type Findings,
  type VerifiedConservation,
  type VerifiedDocument,
  type VerifiedKeyCertificate,
  type VerifyDocument,
} from '@tu-esign/verifier/verdicts/findings.ts';
import type { Anchored } from './verdict.ts';

/** Files to verify together. */
export interface GivenOutputs {
  document: Uint8Array;
  original?: Uint8Array | undefined;
  keyCertificate?: Uint8Array | undefined;
  conservationCertificate?: Uint8Array | undefined;
  /** Further files that the conservation certificate may be of, by name. */
  against: Readonly<Record<string, Uint8Array>>;
  /** PEM, besides ACR2-SE. */
  roots: readonly string[];
  /** Dotted, besides those of Mexican providers and our own. */
  policies: readonly string[];
}

/** It holds where no finding is false. */
export interface JudgedOutputs extends Anchored {
  document: VerifiedDocument;
  keyCertificate: VerifiedKeyCertificate | undefined;
  conservationCertificate: VerifiedConservation | undefined;
}

const judgeConservation = (given: GivenOutputs): VerifiedConservation | undefined => {
  const { document, conservationCertificate, against } = given;
  const files = Object.entries({ ...against, document });
  const artefacts = Object.fromEntries(files.map(([name, content]) => [name, digestOf(content)]));
  const roots = [...pinnedRoots, ...given.roots];
  const policies = [...providerPolicies, timeStampPolicy, ...given.policies];
  return conservationCertificate && verifyConservation(conservationCertificate, { artefacts, roots, policies });
};

const holdAll = (findings: readonly Findings[]): boolean => findings.every((own) => failedOf(own).length === 0);

/** Judges a document and what belongs to it, without any service. */
export const judgeOutputs = async (given: GivenOutputs, verifyDocument: VerifyDocument): Promise<JudgedOutputs> => {
  // Without a root nobody is believed; that is then not judged, and said so.
  const roots = given.roots.length ? given.roots : undefined;
  const { document: pdf, original } = given;
  const document = await verifyDocument({ document: pdf, ...(original && { original }), roots, now: new Date() });
  const signer = document.signatures.findLast(({ kind }) => kind === 'signature')?.certificate;
  const keyCertificate = given.keyCertificate && verifyKeyCertificate(given.keyCertificate, signer);
  const conservationCertificate = judgeConservation(given);
  const all = [document, ...document.signatures, keyCertificate, conservationCertificate];
  const holds = holdAll(all.flatMap((judged) => (judged ? [judged.findings] : [])));
  return { holds, anchored: roots !== undefined, document, keyCertificate, conservationCertificate };
};
