import { NotSigned, type Provider, type SignedDocument, type SigningOrder } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import { advanceTo, documentKey, outputKey, type KeptFile, type Signing } from '#signing/signing.ts';
import { leaseMs } from './lease.ts';
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
  const signed = straight ? await provider.sign(order) : await repeat(() => provider.sign(order));
  if (signed === 'pending') throw new Error('taken, and not there yet');
  return keep(signing, signed, neighbours);
};

/** That a repeat was not carried out tells nothing of the call before it, whose answer was lost. */
const repeat = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw error instanceof NotSigned ? new Error('still not known', { cause: error }) : error;
  }
};

/** Asks what became of an order whose answer was lost. */
const lookUp = async (
  signing: Signing,
  order: SigningOrder,
  { neighbours, provider }: { neighbours: Neighbours; provider: Extract<Provider, { repeats: 'lookup' }> },
) => {
  const found = await provider.find(order).catch((cause: unknown) => {
    // Who refuses to tell has not refused to sign.
    throw new Error('still not known', { cause });
  });
  if (found) return keep(signing, found, neighbours);
  // What is not known yet may still be under way: once more after a while, and only then it is sent again.
  const { store } = neighbours;
  if (signing.lookups === 0) {
    await store.save({ ...signing, lookups: 1 }, { dueInMs: provider.quarantineMs });
    return undefined;
  }
  const observations = [{ kind: 'not-signed', data: { provider: provider.name } } as const];
  const accepted = advanceTo(signing, 'accepted', { attempts: signing.attempts });
  return store.save(accepted, { observations, dueInMs: leaseMs });
};

/** Nobody here can know whether it was signed: a person of the operator's has to find out. */
export const toReview = async (signing: Signing, { store, providerOf }: Neighbours) => {
  const observation = { kind: 'review-needed', data: { provider: providerOf(signing.host).name } } as const;
  return store.save(advanceTo(signing, 'review'), { observations: [observation], dueInMs: null });
};

const keep = async (
  signing: Signing,
  { document, keyCertificate }: SignedDocument,
  { store, files, providerOf }: Neighbours,
) => {
  const write = async (content: Uint8Array): Promise<KeptFile> => {
    const kept = { digest: digestOf(content), bytes: content.length };
    await files.write(outputKey(signing.id, kept.digest), content);
    return kept;
  };
  if (!keyCertificate) throw new Error('signed, but without a key certificate');
  const outputs = { document: await write(document), keyCertificate: await write(keyCertificate) };
  const observation = { kind: 'signed', data: { provider: providerOf(signing.host).name, ...outputs } } as const;
  return store.save(advanceTo(signing, 'signed', { outputs }), { observations: [observation], dueInMs: leaseMs });
};

/** What is read before the provider is called for the first time cannot have signed anything when it fails. */
const readOrder = async (signing: Signing, neighbours: Neighbours, straight: boolean): Promise<SigningOrder> => {
  try {
    return await toOrder(signing, neighbours);
  } catch (error) {
    throw straight ? new NotSigned(error) : error;
  }
};

const toOrder = async (signing: Signing, { store, files }: Neighbours): Promise<SigningOrder> => {
  const { request, host, consent } = signing;
  const document = await files.read(documentKey(host, request.document.digest));
  const autograph = await store.findAutograph(signing.id);
  if (!document || !autograph || !consent) throw new Error('the record is not whole');
  return {
    id: signing.id,
    identifier: signing.identifier,
    document,
    documentName: request.document.name,
    signatory: request.signatory,
    autograph: { png: autograph.placed, width: autograph.width, height: autograph.height },
    locale: consent.locale,
    placement: request.placement,
    acceptedAt: new Date(signing.createdAt),
    position: 1,
    of: 1,
  };
};
