import { toHex } from '#bytes.ts';
import { pinnedRoots } from '#certificates/pinned-roots.ts';
import { providerPolicies, timeStampPolicy } from '#certificates/policies.ts';
import type { Cryptography } from '#ports/ports.ts';
import {
  failedOf,
  type Anchored,
  type DigestArtefact,
  type Findings,
  type VerifiedConservation,
  type VerifiedDocument,
  type VerifiedKeyCertificate,
  type VerifyDocument,
} from './findings.ts';
import { verifyConservation } from './verify-conservation.ts';
import { verifyKeyCertificate } from './verify-key-certificate.ts';

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
  /** PEM of further roots of Mexican providers; for constancias and time-stamps alone they are believed as roots are. */
  providerRoots?: readonly string[];
  /** Weak keys and algorithms are told, and do not fail. */
  legacy?: boolean;
  /** Dotted, besides those of Mexican providers and our own. */
  policies: readonly string[];
}

/** It holds where no finding is false. */
export interface JudgedOutputs extends Anchored {
  document: VerifiedDocument;
  keyCertificate: VerifiedKeyCertificate | undefined;
  conservationCertificate: VerifiedConservation | undefined;
}

/** Names of what the document was before its time-stamps were renewed, and their bytes. */
const earlierOf = (document: Uint8Array, { earlierEnds }: VerifiedDocument): [name: string, content: Uint8Array][] =>
  earlierEnds.map((end) => [
    `document’s first ${end} bytes, before it was time-stamped anew`,
    document.subarray(0, end),
  ]);

const judgeConservation = async (
  given: GivenOutputs,
  verified: VerifiedDocument,
  signatories: readonly Uint8Array[],
  ports: Cryptography,
): Promise<VerifiedConservation | undefined> => {
  const { document, conservationCertificate, against, providerRoots = [], legacy = false } = given;
  if (!conservationCertificate) return undefined;
  const files = [...Object.entries({ ...against, document }), ...earlierOf(document, verified)];
  const artefacts = Object.fromEntries(
    files.map(([name, content]): [string, DigestArtefact] => [
      name,
      async (algorithm) => toHex(ports.digest(algorithm, content)),
    ]),
  );
  const roots = [...pinnedRoots, ...given.roots, ...providerRoots];
  const policies = [...providerPolicies, timeStampPolicy, ...given.policies];
  const held = { artefacts, roots, providerRoots, policies, legacy, signatories, now: new Date() };
  return verifyConservation(conservationCertificate, held, ports);
};

const holdAll = (findings: readonly Findings[]): boolean => findings.every((own) => failedOf(own).length === 0);

/** Judges a document and what belongs to it. */
export const judgeOutputs = async (
  given: GivenOutputs,
  verifyDocument: VerifyDocument,
  ports: Cryptography,
): Promise<JudgedOutputs> => {
  // Without a root nobody is believed; that is then not judged, and said so.
  const roots = given.roots.length ? given.roots : undefined;
  const { document: pdf, original, legacy = false, providerRoots = [] } = given;
  const held = { roots, providerRoots, legacy, now: new Date() };
  const document = await verifyDocument({ document: pdf, ...(original && { original }), ...held });
  const persons = document.signatures.filter(({ kind }) => kind === 'signature');
  const signatories = persons.flatMap(({ certificate }) => certificate ?? []);
  const signer = persons.at(-1)?.certificate;
  const keyCertificate = given.keyCertificate && verifyKeyCertificate(given.keyCertificate, signer);
  const conservationCertificate = await judgeConservation(given, document, signatories, ports);
  const all = [document, ...document.signatures, keyCertificate, conservationCertificate];
  const holds = holdAll(all.flatMap((judged) => (judged ? [judged.findings] : [])));
  return { holds, anchored: roots !== undefined, document, keyCertificate, conservationCertificate };
};
