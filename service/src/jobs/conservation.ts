import { failedOf } from '@tu-esign/verifier/verdicts/findings.ts';
import type { ConservationCertificate, ConservationOrder } from '#conservation/authority.ts';
import { keepOutput } from '#files/keep-output.ts';
import { digestOf } from '#signing/digest.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { documentKey, outputKey, type KeptConservation, type Signing, type Standing } from '#signing/signing.ts';
import { isOutputOverdue } from './decide.ts';
import type { Deps, ReceivedOutput } from './step.ts';

/** Asks for the conservation certificate of the signed document; undefined where it is not there yet. */
export const askConservation = async (
  signing: Signing,
  deps: Deps,
): Promise<ReceivedOutput<KeptConservation> | undefined> => {
  const { document } = signing.outputs;
  if (!document) throw new Error('signed, but without a document');
  const { id: signingId, identifier, request } = signing;
  const artefacts = { 'signed-document': document.digest, agreement: request.document.digest };
  const authority = deps.conservationOf(signing.host);
  const read = readArtefact(signing, deps);
  const certificate = await authority.conserve({ digest: document.digest, signingId, identifier, artefacts, read });
  if (!certificate || mayBeOfEarlierDocument(signing, certificate, deps)) return undefined;
  const kept = { ...(await keepOutput(signing, certificate.response, deps.files)), ...describe(certificate) };
  const { issuer, accredited } = authority;
  return toReceived({ ...kept, issuer, accredited }, certificate, artefacts);
};

/** The host's agreement, and what was made of it. */
const readArtefact =
  ({ id, host, request, outputs }: Signing, { files }: Deps): NonNullable<ConservationOrder['read']> =>
  (artefact) =>
    files.read(
      artefact === 'agreement' ? documentKey(host, request.document.digest) : outputKey(id, outputs.document!.digest),
    );

/**
 * Where several sign, an authority that is asked by the host's identifier alone may still hand out the certificate of
 * what an earlier signatory left. It is asked again until the deadline; then what it hands out is judged as it is.
 */
const mayBeOfEarlierDocument = (
  signing: Signing,
  { conserves }: ConservationCertificate,
  { now, outputDeadlineMs }: Deps,
): boolean =>
  conserves === null &&
  sequenceOf(signing.request).of > 1 &&
  !isOutputOverdue(signing, { now: now().getTime(), outputDeadlineMs });

const describe = ({ issuedAt, conserves, mediaType }: ConservationCertificate) => ({
  issuedAt: issuedAt.toISOString(),
  conserves,
  ...(mediaType && { mediaType }),
});

const toReceived = (
  kept: KeptConservation,
  { response, findings, conserves, warnings }: ConservationCertificate,
  artefacts: Record<string, string>,
): ReceivedOutput<KeptConservation> => {
  const holds = conserves !== null && failedOf(findings).length === 0;
  const standing: Standing = { findings, ...(!holds && { problem: 'conservation-invalid' }) };
  const told = { digest: digestOf(response), findings, ...(warnings?.length && { warnings }) };
  const verified = { artefact: 'conservation-certificate', ...told };
  const observations: ReceivedOutput['observations'] = [{ kind: 'verified', data: verified }];
  if (holds) observations.push({ kind: 'conserved', data: { ...kept, of: artefacts[conserves] } });
  return { kept, standing, observations };
};
