import { digestNamed } from '#certificates/digest-algorithms.ts';
import type { Cryptography, DigestAlgorithm } from '#ports/ports.ts';
import type { ConservationExpectations, VerifiedConservation } from './findings.ts';
import { conservationMediaTypes, readConservationFile } from './conservation-file.ts';
import { verifyTimeStamp, type VerifiedTimeStamp } from './time-stamp-token.ts';

type Artefacts = NonNullable<ConservationExpectations['artefacts']>;

/** A digest that is all that is known is SHA-256. */
const digestOf = async (artefact: Artefacts[string], algorithm: DigestAlgorithm): Promise<string | undefined> => {
  if (typeof artefact === 'function') return artefact(algorithm);
  return algorithm === 'sha256' ? artefact : undefined;
};

/** Name of the artefact that was stamped, which is digested as the imprint says. */
const findConserved = async ({ content }: VerifiedTimeStamp, artefacts: Artefacts): Promise<string | null> => {
  const algorithm = content && digestNamed(content.imprint.algorithm);
  if (!algorithm) return null;
  for (const [name, artefact] of Object.entries(artefacts))
    if ((await digestOf(artefact, algorithm)) === content.imprint.digest) return name;
  return null;
};

/**
 * Verifies a conservation certificate in whatever form it came. That its issuer is accredited is never inferred.
 * A PDF rendering and NOM-151-SCFI-2002 are told by name, and hold in nothing. Never throws.
 */
export const verifyConservation = async (
  given: Uint8Array,
  { artefacts = {}, ...expected }: ConservationExpectations,
  ports: Cryptography,
): Promise<VerifiedConservation> => {
  const { form, der } = readConservationFile(given);
  const isEvidence = form === 'response' || form === 'token';
  const verified = await verifyTimeStamp(isEvidence ? der : new Uint8Array(), expected, ports);
  const { content, certificateBound, notes, findings } = verified;
  const conserves = await findConserved(verified, artefacts);
  const anyArtefact = content && Object.keys(artefacts).length > 0;
  return {
    form,
    mediaType: conservationMediaTypes[form],
    der: isEvidence ? der : undefined,
    conserves,
    issuedAt: content?.genTime,
    issuer: content?.issuer,
    policy: content?.policy,
    serialNumber: content?.serialNumber,
    certificateBound,
    notes,
    findings: { ...findings, imprintMatches: anyArtefact ? conserves !== null : null },
  };
};
