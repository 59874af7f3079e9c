import { advanceTo, type Signing } from '#signing/signing.ts';
import { giveUp } from './collect.ts';
import { decide, type Decision } from './decide.ts';
import type { Doubts, Failure } from './failure.ts';
import { leaseMs } from './lease.ts';
import { retryWhileStorageIsDown } from './retry-while-storage-is-down.ts';
import { newsOfAgreement, type Deps } from './step.ts';

/**
 * Decides what becomes of a signing whose step has failed, and saves that.
 * @returns the record as saved, where it can go on at once; undefined where there is a pause, or somebody else has it
 */
export const handleFailure = async (signing: Signing, failure: Failure, deps: Deps): Promise<Signing | undefined> => {
  const { repeats } = deps.providerOf(signing.host);
  const { outputDeadlineMs } = deps;
  const circumstances = { repeats, now: deps.now().getTime(), outputDeadlineMs, random: Math.random };
  const decision = decide(signing, failure, circumstances);
  return (carryOut[decision.do] as CarryOut<Decision>)(signing, decision, deps);
};

type CarryOut<D extends Decision> = (signing: Signing, decision: D, deps: Deps) => Promise<Signing | undefined>;

const pause = async (signing: Signing, dueInMs: number, { store }: Deps): Promise<undefined> => {
  await store.save(signing, { dueInMs });
};

const startAgain: CarryOut<Extract<Decision, { do: 'start-again' }>> = async (signing, decision, deps) => {
  const { attempts, cause, inMs } = decision;
  const { store, providerOf } = deps;
  const observations = [{ kind: 'not-signed', data: { provider: providerOf(signing.host).name, ...cause } } as const];
  const accepted = advanceTo(signing, 'accepted', { attempts });
  const saved = await store.save(accepted, { observations, dueInMs: inMs ?? leaseMs });
  return inMs === undefined ? saved : undefined;
};

const review: CarryOut<Extract<Decision, { do: 'review' }>> = (
  signing,
  { doubts },
  { store, providerOf, notificationsFor },
) => {
  const { name, repeats } = providerOf(signing.host);
  const { change, observations } = toChange(signing, doubts);
  const needed = { kind: 'review-needed', data: { provider: name, ...(doubts && { problem }) } } as const;
  const tell = notificationsFor(signing.host, 'signing.review');
  const reviewed = advanceTo(signing, 'review', change);
  const save = () => store.save(reviewed, { observations: [...observations, needed], dueInMs: null, tell });
  // A provider that cannot be asked hands out nothing a second time: without this record its document would be lost.
  return doubts && repeats === 'none' ? retryWhileStorageIsDown(save) : save();
};

const problem = 'signed-document-invalid';

const toChange = ({ outputs }: Signing, doubts: Doubts | undefined) => {
  if (!doubts) return { change: {}, observations: [] };
  const { file, findings, observation } = doubts;
  const change = { problem, outputs: { ...outputs, doubted: file }, standings: { document: { findings } } } as const;
  return { change, observations: [observation] };
};

const fail: CarryOut<Extract<Decision, { do: 'fail' }>> = (signing, { problem, code }, { store, notificationsFor }) => {
  const observations = [{ kind: 'failed', data: { problem, ...(code && { code }) } } as const];
  const tell = notificationsFor(signing.host, 'signing.failed', ...newsOfAgreement);
  const standings = { ...signing.standings, document: { ...signing.standings.document, problem, code } };
  return store.save(advanceTo(signing, 'failed', { problem, standings }), { observations, dueInMs: null, tell });
};

const askLater: CarryOut<Extract<Decision, { do: 'ask-later' }>> = (signing, { output, asked, inMs }, deps) => {
  const standings = { ...signing.standings, [output]: { ...signing.standings[output], asked } };
  const asking = { ...signing, standings };
  return inMs === undefined ? deps.store.save(asking, { dueInMs: leaseMs }) : pause(asking, inMs, deps);
};

const carryOut: { [Do in Decision['do']]: CarryOut<Extract<Decision, { do: Do }>> } = {
  retry: (signing, { attempts, inMs }, deps) => pause({ ...signing, attempts }, inMs, deps),
  'look-up-again': (signing, { inMs }, deps) => pause({ ...signing, lookups: signing.lookups + 1 }, inMs, deps),
  'start-again': startAgain,
  review,
  fail,
  'ask-later': askLater,
  'give-up': giveUp,
};
