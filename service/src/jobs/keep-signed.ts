import type { SignedDocument, SigningOrder } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import type { Observation } from '#signing/evidence.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { judgeDocument, type Belief } from './believe-document.ts';
import { keepFile } from './keep-file.ts';
import { judgeKeyCertificate, type Found } from './key-certificate.ts';
import { leaseMs } from './lease.ts';
import { toReview } from './review.ts';
import type { Neighbours } from './step.ts';

interface Received {
  neighbours: Neighbours;
  order: SigningOrder;
}

/** Keeps what a provider has signed once it was looked at; what is not believed is left to a person. */
export const keepSigned = async (
  signing: Signing,
  { document, keyCertificate, warnings }: SignedDocument,
  { neighbours, order }: Received,
): Promise<Signing | undefined> => {
  const belief = await judgeDocument(document, order, neighbours);
  const verified = toObservation(document, belief);
  if (!belief.believed) return doubt(signing, { document, belief, verified }, neighbours);
  const { store, files, providerOf, now } = neighbours;
  const certificate = await certificateOf(signing, { given: keyCertificate, belief }, neighbours);
  const kept = { ...(await keepFile(signing, document, files)), pages: belief.pages };
  const outputs = { document: kept, ...(certificate?.kept && { keyCertificate: certificate.kept }) };
  const data = { provider: providerOf(signing.host).name, ...outputs, ...(warnings?.length && { warnings }) };
  const signed = advanceTo(signing, 'signed', {
    outputs,
    signedAt: now().getTime(),
    standings: {
      document: { findings: belief.findings },
      ...(certificate && { keyCertificate: certificate.standing }),
    },
  });
  const observations = [verified, ...(certificate?.observations ?? []), { kind: 'signed', data } as const];
  const news = [
    'signing.signed',
    ...(certificate?.standing.problem ? ['key-certificate.failed' as const] : []),
  ] as const;
  const tell = news.flatMap((type) => neighbours.toTell(signing.host, type));
  return store.save(signed, { observations, dueInMs: leaseMs, tell });
};

/** Undefined where the provider hands it out later. */
const certificateOf = async (
  signing: Signing,
  { given, belief }: { given: Uint8Array | undefined; belief: Belief },
  neighbours: Neighbours,
): Promise<Found | undefined> => {
  if (!given && neighbours.providerOf(signing.host).findKeyCertificate) return undefined;
  const handedOut = given && { content: given };
  return judgeKeyCertificate(signing, { given: handedOut, signer: belief.signatures.at(-1) }, neighbours);
};

interface Doubted {
  document: Uint8Array;
  belief: Belief;
  verified: Observation;
}

const doubt = async (signing: Signing, { document, belief, verified }: Doubted, neighbours: Neighbours) => {
  const doubted = await keepFile(signing, document, neighbours.files);
  const change = {
    problem: 'signed-document-invalid',
    outputs: { ...signing.outputs, doubted },
    standings: { document: { findings: belief.findings } },
  } as const;
  return toReview(signing, neighbours, { change, observations: [verified] });
};

const toObservation = (document: Uint8Array, { findings, signatures }: Belief): Observation => ({
  kind: 'verified',
  data: {
    artefact: 'document',
    digest: digestOf(document),
    findings,
    signatures: signatures.map(({ field, findings }) => ({ field, findings })),
  },
});
