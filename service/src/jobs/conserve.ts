import { digestOf } from '#signing/digest.ts';
import { advanceTo, outputKey } from '#signing/signing.ts';
import { leaseMs } from './lease.ts';
import type { Step } from './step.ts';

/** Has the signed document's digest time-stamped and keeps the certificate. */
export const conserve: Step = async (signing, { store, files, conservation, toTell }) => {
  const { document } = signing.outputs;
  if (!document) throw new Error('signed, but without a document');
  const { id: signingId, identifier, request } = signing;
  const artefacts = { 'signed-document': document.digest, agreement: request.document.digest };
  const conserved = await conservation.conserve({ digest: document.digest, signingId, identifier, artefacts });
  if (!conserved) throw new Error('the conservation certificate is not there yet');
  const { response, issuedAt } = conserved;
  const kept = { digest: digestOf(response), bytes: response.length };
  await files.write(outputKey(signing.id, kept.digest), response);
  const { issuer, accredited } = conservation;
  const conservationCertificate = { ...kept, issuedAt: issuedAt.toISOString(), issuer, accredited };
  const outputs = { ...signing.outputs, conservationCertificate };
  const observation = { kind: 'conserved', data: { ...conservationCertificate, conserves: document.digest } } as const;
  const tell = toTell(signing.host, 'conservation.issued');
  return store.save(advanceTo(signing, 'conserved', { outputs }), {
    observations: [observation],
    dueInMs: leaseMs,
    tell,
  });
};

/** All outputs are kept. */
export const complete: Step = async (signing, { store, toTell }) => {
  const tell = toTell(signing.host, 'signing.completed');
  const observations = [{ kind: 'completed', data: {} } as const];
  return store.save(advanceTo(signing, 'completed'), { observations, dueInMs: null, tell });
};
