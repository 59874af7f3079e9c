import type { NotificationType } from '@tu-esign/contract';
import { sequenceOf } from '#signing/sequence.ts';
import { askedFor, listPending, type LateOutput } from '#signing/outputs.ts';
import { advanceTo, outputKey, type Signing, type Standing } from '#signing/signing.ts';
import type { HandedOut } from '#providers/provider.ts';
import { askConservation } from './conservation.ts';
import { judgeKeyCertificate, type Found } from './key-certificate.ts';
import { leaseMs } from './lease.ts';
import { isOverdue } from './overdue.ts';
import { pauseFor } from './pause.ts';
import type { Reason } from './reason.ts';
import type { Neighbours, Step } from './step.ts';

/**
 * Asks for one of the outputs that are not there yet, each as a step of its own; when all are settled, the signing is
 * completed.
 */
export const collect: Step = async (signing, neighbours) => {
  const [wanted] = listPending(signing);
  if (!wanted) return complete(signing, neighbours);
  const found = await ask[wanted](signing, neighbours);
  return found ? settle(signing, { wanted, found }, neighbours) : askLater(signing, neighbours);
};

/** All outputs are there, or have failed. */
const complete = async (signing: Signing, { store, toTell }: Neighbours): Promise<Signing | undefined> => {
  const tell = toTell(signing.host, 'signing.completed');
  const observations = [{ kind: 'completed', data: {} } as const];
  return store.save(advanceTo(signing, 'completed'), { observations, dueInMs: null, tell });
};

type Ask = (signing: Signing, neighbours: Neighbours) => Promise<Found | undefined>;

const askKeyCertificate: Ask = async (signing, neighbours) => {
  const order = { id: signing.id, identifier: signing.identifier, ...sequenceOf(signing.request) };
  const document = await readSigned(signing, neighbours);
  const given = await neighbours.providerOf(signing.host).findKeyCertificate?.({ ...order, document });
  if (given === 'in-document') return toKeyCertificate(signing, { document }, neighbours);
  return given && toKeyCertificate(signing, { document, given }, neighbours);
};

const readSigned = async ({ id, outputs }: Signing, { files }: Neighbours): Promise<Uint8Array> => {
  const document = outputs.document && (await files.read(outputKey(id, outputs.document.digest)));
  if (!document) throw new Error('signed, but without a document');
  return document;
};

interface Certified {
  document: Uint8Array;
  given?: HandedOut;
}

const toKeyCertificate = async (signing: Signing, { document, given }: Certified, neighbours: Neighbours) => {
  const { signatures } = await neighbours.verifyDocument({ document, now: neighbours.now() });
  const signer = signatures.findLast(({ kind }) => kind === 'signature');
  const found = await judgeKeyCertificate(signing, { given, signer }, neighbours);
  if (found.standing.problem) return found;
  return {
    ...found,
    observations: [...found.observations, { kind: 'key-certified', data: { ...found.kept } } as const],
  };
};

const ask: Record<LateOutput, Ask> = { conservationCertificate: askConservation, keyCertificate: askKeyCertificate };

const failures = {
  conservationCertificate: 'conservation.failed',
  keyCertificate: 'key-certificate.failed',
} as const satisfies Record<LateOutput, NotificationType>;

interface Settled {
  wanted: LateOutput;
  found: Found;
}

/** Saves an output that came, or that will not come any more. */
const settle = async (signing: Signing, { wanted, found }: Settled, { store, toTell }: Neighbours) => {
  const { kept, standing } = found;
  const { problem, code } = standing;
  const conserved = wanted === 'conservationCertificate' && !problem;
  const news = problem ? failures[wanted] : conserved ? ('conservation.issued' as const) : undefined;
  const failed = { kind: 'output-failed', data: { output: wanted, problem, ...(code && { code }) } } as const;
  const settled = advanceTo(signing, conserved ? 'conserved' : signing.status, {
    outputs: { ...signing.outputs, ...(kept && { [wanted]: kept }) },
    standings: { ...signing.standings, [wanted]: standing },
  });
  return store.save(settled, {
    observations: problem ? [...found.observations, failed] : found.observations,
    dueInMs: leaseMs,
    tell: news ? toTell(signing.host, news) : [],
  });
};

/** Counts that the output was asked for in vain; once all were, there is a pause, which grows. */
export const askLater = async (
  signing: Signing,
  neighbours: Neighbours,
  reason?: Reason,
): Promise<Signing | undefined> => {
  const [wanted] = listPending(signing);
  const { store } = neighbours;
  if (!wanted) throw new Error('nothing is waited for');
  if (isOverdue(signing, neighbours))
    return giveUp(signing, { problem: 'output-overdue', code: reason?.code }, neighbours);
  const asked = askedFor(signing, wanted) + 1;
  const standings = { ...signing.standings, [wanted]: { ...signing.standings[wanted], asked } };
  const waiting = { ...signing, standings };
  const isOthersTurn = listPending(waiting).some((name) => askedFor(waiting, name) < asked);
  if (isOthersTurn) return store.save(waiting, { dueInMs: leaseMs });
  await store.save(waiting, { dueInMs: pauseFor(asked, reason) });
  return undefined;
};

/** An output will not come. A key certificate is then read from the signature. */
export const giveUp = async (signing: Signing, why: Pick<Standing, 'problem' | 'code'>, neighbours: Neighbours) => {
  const [wanted] = listPending(signing);
  if (!wanted) throw new Error('nothing is waited for');
  const found: Found =
    wanted === 'keyCertificate'
      ? await toKeyCertificate(signing, { document: await readSigned(signing, neighbours) }, neighbours)
      : { standing: why, observations: [] };
  return settle(signing, { wanted, found }, neighbours);
};
