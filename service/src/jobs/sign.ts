import { NotSigned, type Provider, type OrderTaken, type SigningOrder } from '#providers/provider.ts';
import { placesOf } from '#signing/request.ts';
import { advanceTo, inputKey, type Signing } from '#signing/signing.ts';
import { pauseMs } from './decide.ts';
import { keepSigned } from './keep-signed.ts';
import { leaseMs } from './lease.ts';
import { retryWhileStorageIsDown } from './retry-while-storage-is-down.ts';
import type { Deps, Step, StepResult } from './step.ts';

/** Commits the intention before the provider is called, so that a lost answer is known to be one. */
export const submit: Step = async (signing, { store, providerOf }) => {
  const intention = { kind: 'submitted', data: { provider: providerOf(signing.host).name } } as const;
  // Tries are counted over all intentions.
  const submitting = advanceTo(signing, 'submitting', { attempts: signing.attempts });
  return store.save(submitting, { observations: [intention], dueInMs: leaseMs });
};

/** Calls the provider; where an answer may have been lost, only if a repeat cannot sign twice. */
export const sign: Step = async (signing, deps, { sameProcess, lease }) => {
  const provider = deps.providerOf(signing.host);
  if (!sameProcess && provider.repeats === 'none') return { kind: 'unknown', waitMs: 0 };
  const order = await readOrder(signing, deps, sameProcess);
  if (!sameProcess && provider.repeats === 'lookup') return lookUp(signing, order, { deps, provider });
  // A process that was frozen for longer than its lease may not sign any more: another one does.
  if (!lease.holds()) return undefined;
  const call = () => provider.sign(order, lease.lost);
  const answer = await (sameProcess ? call() : repeat(call));
  if ('taken' in answer) return rememberTaken(signing, answer, { deps, provider });
  const keep = () => keepSigned(signing, answer, { deps, order });
  // A provider that cannot be asked hands out nothing a second time: this is the only copy of what it signed.
  return provider.repeats === 'none' ? retryWhileStorageIsDown(keep) : keep();
};

/** What fails before the provider is called for the first time has signed nothing. */
const readOrder = async (signing: Signing, deps: Deps, sameProcess: boolean): Promise<SigningOrder> => {
  try {
    return await toOrder(signing, deps);
  } catch (error) {
    throw sameProcess ? new NotSigned(error) : error;
  }
};

const toOrder = async (signing: Signing, { store, files }: Deps): Promise<SigningOrder> => {
  const { id, identifier, request, consent, createdAt } = signing;
  const document = await files.read(inputKey(signing));
  const autograph = await store.findAutograph(id);
  if (!document || !autograph || !consent) throw new Error('the record is not whole');
  const { initials } = autograph;
  return {
    id,
    identifier,
    document,
    documentName: request.document.name,
    signatory: request.signatory,
    autograph: { png: autograph.placed, width: autograph.width, height: autograph.height },
    ...(initials && { initialsInk: { png: initials.placed, width: initials.width, height: initials.height } }),
    locale: consent.locale,
    ...placesOf(request),
    acceptedAt: new Date(createdAt),
  };
};

/** A repeat that was not carried out says nothing of the call before it, whose answer was lost. */
const repeat = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw error instanceof NotSigned ? new Error('still not known', { cause: error }) : error;
  }
};

interface Asked<P extends Provider = Provider> {
  deps: Deps;
  provider: P;
}

/** From here on the order is never sent again. */
const rememberTaken = async (
  signing: Signing,
  { warnings }: OrderTaken,
  { deps: { store, now }, provider: { name, repeats } }: Asked,
): Promise<undefined> => {
  if (repeats !== 'lookup') throw new Error('taken by a provider that cannot be asked');
  const observations = [{ kind: 'taken', data: { provider: name, ...(warnings?.length && { warnings }) } } as const];
  const taken = { ...signing, attempts: 0, takenAt: now().getTime() };
  await store.save(taken, { observations, dueInMs: pauseMs(0, { random: Math.random }) });
};

/** Asks what became of an order that was taken, or whose answer was lost. */
const lookUp = async (
  signing: Signing,
  order: SigningOrder,
  { deps, provider }: Asked<Extract<Provider, { repeats: 'lookup' }>>,
): Promise<StepResult> => {
  const found = await provider.find(order).catch((cause: unknown) => {
    // A provider that refuses to tell has not refused to sign.
    throw new Error('still not known', { cause });
  });
  if (found) return keepSigned(signing, found, { deps, order });
  if (signing.takenAt !== null) return { kind: 'not-there-yet' };
  return { kind: 'not-found', quarantineMs: provider.quarantineMs };
};
