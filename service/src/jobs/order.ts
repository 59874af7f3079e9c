import { NotSigned, type SigningOrder } from '#providers/provider.ts';
import { sequenceOf } from '#signing/sequence.ts';
import { givenKey, type Signing } from '#signing/signing.ts';
import type { Neighbours } from './step.ts';

/** What is read before the provider is called for the first time cannot have signed anything when it fails. */
export const readOrder = async (signing: Signing, neighbours: Neighbours, straight: boolean): Promise<SigningOrder> => {
  try {
    return await toOrder(signing, neighbours);
  } catch (error) {
    throw straight ? new NotSigned(error) : error;
  }
};

const toOrder = async (signing: Signing, { store, files }: Neighbours): Promise<SigningOrder> => {
  const { request, consent } = signing;
  const document = await files.read(givenKey(signing));
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
    ...sequenceOf(request),
  };
};
