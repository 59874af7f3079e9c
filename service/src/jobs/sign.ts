import type { Provider, SigningOrder } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import { advanceTo, documentKey, outputKey, type KeptFile, type Signing } from '#signing/signing.ts';
import { leaseMs, type Neighbours, type Step } from './step.ts';

/** Commits the intention before the provider is called, so that a lost answer is known to be one. */
export const submit: Step = async (signing, { store, providerOf }) => {
  const intention = { kind: 'submitted', data: { provider: providerOf(signing.host).name } } as const;
  return store.save(advanceTo(signing, 'submitting'), [intention], leaseMs);
};

/** Calls the provider; again only where a repeat is safe. */
export const sign: Step = async (signing, neighbours, { straight }) => {
  const provider = neighbours.providerOf(signing.host);
  if (straight || provider.repeats === 'key') return callProvider(signing, provider, neighbours);
  // The answer was lost and nobody here can know whether it was signed: a person has to find out.
  const observation = { kind: 'review-needed', data: { provider: provider.name } } as const;
  return neighbours.store.save(advanceTo(signing, 'review'), [observation], null);
};

const callProvider = async (signing: Signing, provider: Provider, { store, files }: Neighbours) => {
  const { document, keyCertificate } = await provider.sign(await toOrder(signing, { store, files }));
  const keep = async (content: Uint8Array): Promise<KeptFile> => {
    const kept = { digest: digestOf(content), bytes: content.length };
    await files.write(outputKey(signing.id, kept.digest), content);
    return kept;
  };
  const outputs = { document: await keep(document), keyCertificate: await keep(keyCertificate) };
  const observation = { kind: 'signed', data: { provider: provider.name, ...outputs } } as const;
  return store.save(advanceTo(signing, 'signed', { outputs }), [observation], leaseMs);
};

const toOrder = async (
  signing: Signing,
  { store, files }: Pick<Neighbours, 'store' | 'files'>,
): Promise<SigningOrder> => {
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
  };
};
