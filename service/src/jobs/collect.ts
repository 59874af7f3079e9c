import type { NotificationType } from '@tu-esign/contract';
import type { DeliveredKeyCertificate } from '#providers/provider.ts';
import { fileOf, listPending, type LateOutput } from '#signing/outputs.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { advanceTo, outputKey, type Signing, type Standing } from '#signing/signing.ts';
import { askConservation } from './conservation.ts';
import { judgeKeyCertificate } from './key-certificate.ts';
import { leaseMs } from './lease.ts';
import { newsOfAgreement, type Deps, type ReceivedOutput, type Step } from './step.ts';

/**
 * Asks for one of the outputs that are not there yet, each as a step of its own; when all are settled, the signing is
 * completed.
 */
export const collect: Step = async (signing, deps) => {
  const [output] = listPending(signing);
  if (!output) return complete(signing, deps);
  const received = await ask[output](signing, deps);
  return received ? settle(signing, { output, received }, deps) : { kind: 'not-there-yet' };
};

/** All outputs are there, or have failed. */
const complete = async (signing: Signing, { store, notificationsFor }: Deps): Promise<Signing | undefined> => {
  const tell = notificationsFor(signing.host, 'signing.completed', ...newsOfAgreement);
  const observations = [{ kind: 'completed', data: {} } as const];
  const isArchived = signing.outputs.document?.level === 'B-LTA';
  const renewal = isArchived ? { renewInMs: firstLookMs } : {};
  return store.save(advanceTo(signing, 'completed'), { observations, dueInMs: null, ...renewal, tell });
};

/** When a document's last time-stamp ends is read after the rush in which it was signed. */
const firstLookMs = 3_600_000;

/** Undefined where it is not there yet. */
type Ask = (signing: Signing, deps: Deps) => Promise<ReceivedOutput | undefined>;

const askKeyCertificate: Ask = async (signing, deps) => {
  const order = { id: signing.id, identifier: signing.identifier, ...sequenceOf(signing.request) };
  const document = await readSigned(signing, deps);
  const answer = await deps.providerOf(signing.host).findKeyCertificate?.({ ...order, document });
  if (answer === 'in-document') return receiveKeyCertificate(signing, { document }, deps);
  return answer && receiveKeyCertificate(signing, { document, delivered: answer }, deps);
};

const ask: Record<LateOutput, Ask> = { conservationCertificate: askConservation, keyCertificate: askKeyCertificate };

const readSigned = async ({ id, outputs }: Signing, { files }: Deps): Promise<Uint8Array> => {
  const document = outputs.document && (await files.read(outputKey(id, outputs.document.digest)));
  if (!document) throw new Error('signed, but without a document');
  return document;
};

interface Certified {
  document: Uint8Array;
  /** Absent: it is read from the document. */
  delivered?: DeliveredKeyCertificate;
}

const receiveKeyCertificate = async (
  signing: Signing,
  { document, delivered }: Certified,
  deps: Deps,
): Promise<ReceivedOutput> => {
  const { signatures } = await deps.verifyDocument({ document, now: deps.now() });
  const signer = signatures.findLast(({ kind }) => kind === 'signature');
  const received = await judgeKeyCertificate(signing, { delivered, signer }, deps);
  if (received.standing.problem) return received;
  const certified = { kind: 'key-certified', data: { ...received.kept } } as const;
  return { ...received, observations: [...received.observations, certified] };
};

interface Settled {
  output: LateOutput;
  received: ReceivedOutput;
}

/** Saves an output that came, or that will not come any more. */
const settle = async (signing: Signing, { output, received }: Settled, { store, notificationsFor }: Deps) => {
  const { kept, standing, observations } = received;
  const { problem, code } = standing;
  const conserved = output === 'conservationCertificate' && !problem;
  const failed = { kind: 'output-failed', data: { output: fileOf[output], problem, ...(code && { code }) } } as const;
  const settled = advanceTo(signing, conserved ? 'conserved' : signing.status, {
    outputs: { ...signing.outputs, ...(kept && { [output]: kept }) },
    standings: { ...signing.standings, [output]: standing },
  });
  return store.save(settled, {
    observations: problem ? [...observations, failed] : observations,
    dueInMs: leaseMs,
    tell: notificationsFor(signing.host, problem ? news[output].failed : news[output].issued),
  });
};

const news = {
  conservationCertificate: { issued: 'conservation-certificate.issued', failed: 'conservation-certificate.failed' },
  keyCertificate: { issued: 'key-certificate.issued', failed: 'key-certificate.failed' },
} as const satisfies Record<LateOutput, Record<string, NotificationType>>;

interface GivenUp extends Pick<Standing, 'problem' | 'code'> {
  output: LateOutput;
}

/** Settles an output that is asked for no more. A key certificate is then read from the signature. */
export const giveUp = async (
  signing: Signing,
  { output, problem, code }: GivenUp,
  deps: Deps,
): Promise<Signing | undefined> => {
  const received: ReceivedOutput =
    output === 'keyCertificate'
      ? await receiveKeyCertificate(signing, { document: await readSigned(signing, deps) }, deps)
      : { standing: { problem, code }, observations: [] };
  return settle(signing, { output, received }, deps);
};
