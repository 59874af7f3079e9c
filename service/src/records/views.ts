import type { SigningView } from '@tu-esign/contract';
import type { Links } from '#signing/links.ts';
import { sequenceOf, stateOfSequence } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import { toView, type Conservation } from '#signing/view.ts';
import type { SigningStore } from './signing-store.ts';

/** What host and element are told of a signing, with links that are fresh. */
export type ViewOf = (signing: Signing) => Promise<SigningView>;

export interface ViewOptions {
  store: Pick<SigningStore, 'listByIdentifier'>;
  links: Links;
  /** Who conserves what a host has signed. */
  conservationOf: (hostId: string) => Conservation;
}

export const createViewOf = ({ store, links, conservationOf }: ViewOptions): ViewOf => {
  /** Where somebody signs alone, their own signing is all there is to know. */
  const listAll = ({ host, identifier }: Signing) => store.listByIdentifier(host, identifier);
  return async (signing) => {
    const all = sequenceOf(signing.request).of === 1 ? [signing] : await listAll(signing);
    return toView(signing, { links, conservation: conservationOf(signing.host), sequence: stateOfSequence(all) });
  };
};
