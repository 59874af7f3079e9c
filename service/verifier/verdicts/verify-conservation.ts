import type { Cryptography } from '#ports/ports.ts';
import type { ConservationExpectations, VerifiedConservation } from './findings.ts';
import { conservationMediaTypes, readConservationFile } from './conservation-file.ts';
import { verifyTimeStamp, type VerifiedTimeStamp } from './time-stamp-token.ts';

type Artefacts = Readonly<Record<string, string>>;

const sha256 = '2.16.840.1.101.3.4.2.1';

/** Name of the artefact that was stamped. */
const findConserved = ({ content }: VerifiedTimeStamp, artefacts: Artefacts): string | null => {
  if (content?.imprint.algorithm !== sha256) return null;
  return Object.keys(artefacts).find((name) => artefacts[name] === content.imprint.digest) ?? null;
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
  const { content } = verified;
  const { certificateBound, ...findings } = verified.findings;
  const conserves = findConserved(verified, artefacts);
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
    findings: { ...findings, imprintMatches: anyArtefact ? conserves !== null : null },
  };
};
