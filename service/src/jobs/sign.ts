import { NotSigned, type Provider, type SigningOrder, type Taken } from '#providers/provider.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { insist } from './insist.ts';
import { keepSigned } from './keep-signed.ts';
import { leaseMs } from './lease.ts';
import { readOrder } from './order.ts';
import { pauseMs } from './pause.ts';
import { takeUpUnknown } from './retry.ts';
import { toReview } from './review.ts';
import type { Neighbours, Step } from './step.ts';

/** Commits the intention before the provider is called, so that a lost answer is known to be one. */
export const submit: Step = async (signing, { store, providerOf }) => {
  const intention = { kind: 'submitted', data: { provider: providerOf(signing.host).name } } as const;
  // Tries are counted over all intentions.
  const submitting = advanceTo(signing, 'submitting', { attempts: signing.attempts });
  return store.save(submitting, { observations: [intention], dueInMs: leaseMs });
};

/** Calls the provider; after a lost answer only where a repeat cannot sign twice. */
export const sign: Step = async (signing, neighbours, { straight, lease }) => {
  const provider = neighbours.providerOf(signing.host);
  if (!straight && provider.repeats === 'none') return toReview(signing, neighbours);
  const order = await readOrder(signing, neighbours, straight);
  if (!straight && provider.repeats === 'lookup') return lookUp(signing, order, { neighbours, provider });
  // Who was frozen for longer than the lease may not sign any more: somebody else does.
  if (!lease.holds()) return undefined;
  const call = () => provider.sign(order, lease.lost);
  const answer = straight ? await call() : await repeat(call);
  if (!('taken' in answer)) {
    const keep = () => keepSigned(signing, answer, { neighbours, order });
    // The only copy there is, where the provider cannot be asked for another.
    return provider.repeats === 'none' ? insist(keep) : keep();
  }
  if (provider.repeats !== 'lookup') throw new Error('taken by a provider that cannot be asked');
  return rememberTaken(signing, answer, neighbours);
};

/** That a repeat was not carried out tells nothing of the call before it, whose answer was lost. */
const repeat = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw error instanceof NotSigned ? new Error('still not known', { cause: error }) : error;
  }
};

/** From here on the order is never sent again. */
const rememberTaken = async (
  signing: Signing,
  { warnings }: Taken,
  { store, providerOf, now }: Neighbours,
): Promise<undefined> => {
  const data = { provider: providerOf(signing.host).name, ...(warnings?.length && { warnings }) };
  const observations = [{ kind: 'taken', data } as const];
  const taken = { ...signing, attempts: 0, takenAt: now().getTime() };
  await store.save(taken, { observations, dueInMs: pauseMs(0) });
};

interface Asked {
  neighbours: Neighbours;
  provider: Extract<Provider, { repeats: 'lookup' }>;
}

/** Asks what became of an order whose answer was lost, or that was taken. */
const lookUp = async (signing: Signing, order: SigningOrder, { neighbours, provider }: Asked) => {
  const found = await provider.find(order).catch((cause: unknown) => {
    // Who refuses to tell has not refused to sign.
    throw new Error('still not known', { cause });
  });
  if (found) return keepSigned(signing, found, { neighbours, order });
  if (signing.takenAt !== null) return takeUpUnknown(signing, neighbours);
  return sendAgain(signing, { neighbours, provider });
};

/** What is not known yet may still be under way: it is asked for once more after a while, and only then sent again. */
const sendAgain = async (signing: Signing, { neighbours: { store }, provider }: Asked) => {
  if (signing.lookups === 0) {
    await store.save({ ...signing, lookups: 1 }, { dueInMs: provider.quarantineMs });
    return undefined;
  }
  const observations = [{ kind: 'not-signed', data: { provider: provider.name } } as const];
  const accepted = advanceTo(signing, 'accepted', { attempts: signing.attempts });
  return store.save(accepted, { observations, dueInMs: leaseMs });
};
