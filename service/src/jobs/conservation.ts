import { digestOf } from '#signing/digest.ts';
import { failedOf } from '@tu-esign/verifier/verdicts/findings.ts';
import { sequenceOf } from '#signing/sequence.ts';
import type { KeptConservation, Signing, Standing } from '#signing/signing.ts';
import type { ConservationCertificate } from '#conservation/authority.ts';
import { keepFile } from './keep-file.ts';
import type { Found } from './key-certificate.ts';
import { isOverdue } from './overdue.ts';
import type { Neighbours } from './step.ts';

/** Asks for the conservation certificate of the signed document; undefined where it is not there yet. */
export const askConservation = async (
  signing: Signing,
  neighbours: Neighbours,
): Promise<Found<KeptConservation> | undefined> => {
  const { document } = signing.outputs;
  if (!document) throw new Error('signed, but without a document');
  const { id: signingId, identifier, request } = signing;
  const artefacts = { 'signed-document': document.digest, agreement: request.document.digest };
  const authority = neighbours.conservationOf(signing.host);
  const certificate = await authority.conserve({ digest: document.digest, signingId, identifier, artefacts });
  if (!certificate || mayBeOfOthers(signing, certificate, neighbours)) return undefined;
  const kept = { ...(await keepFile(signing, certificate.response, neighbours.files)), ...describe(certificate) };
  const { issuer, accredited } = authority;
  return toFound({ ...kept, issuer, accredited }, certificate, artefacts);
};

/**
 * Who knows the process alone may hand out the one of what was signed before: until the time is over another may come.
 */
const mayBeOfOthers = (signing: Signing, { conserves }: ConservationCertificate, neighbours: Neighbours): boolean =>
  conserves === null && sequenceOf(signing.request).of > 1 && !isOverdue(signing, neighbours);

const describe = ({ issuedAt, conserves, mediaType }: ConservationCertificate) => ({
  issuedAt: issuedAt.toISOString(),
  conserves,
  ...(mediaType && { mediaType }),
});

const toFound = (
  kept: KeptConservation,
  { response, findings, conserves, warnings }: ConservationCertificate,
  artefacts: Record<string, string>,
): Found<KeptConservation> => {
  const holds = conserves !== null && failedOf(findings).length === 0;
  const standing: Standing = { findings, ...(!holds && { problem: 'conservation-invalid' }) };
  const told = { digest: digestOf(response), findings, ...(warnings?.length && { warnings }) };
  const verified = { artefact: 'conservation-certificate', ...told };
  const observations: Found['observations'] = [{ kind: 'verified', data: verified }];
  if (holds) observations.push({ kind: 'conserved', data: { ...kept, of: artefacts[conserves] } });
  return { kept, standing, observations };
};
