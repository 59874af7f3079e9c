import type { AgreementView, SigningView } from '@tu-esign/contract';
import { stateOfSequence } from '#signing/agreement/agreement.ts';
import { toSummary } from '#signing/agreement/view.ts';
import type { Links } from '#signing/links.ts';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import { toView, type Conservation } from '#signing/view.ts';
import type { SigningStore } from './signing-store.ts';

/** What host and element are told of a signing, with links that are fresh. */
export type ViewOf = (signing: Signing) => Promise<SigningView>;

/** What a host is told of all that it names with one identifier; undefined where it is not known. */
export type AgreementViewOf = (host: string, identifier: string) => Promise<AgreementView | undefined>;

export interface ViewOptions {
  store: Pick<SigningStore, 'listByIdentifier' | 'findAgreement'>;
  links: Links;
  /** Who conserves what a host has signed. */
  conservationOf: (hostId: string) => Conservation;
}

export const createViewOf = ({ store, links, conservationOf }: ViewOptions): ViewOf => {
  /** Where somebody signs alone, their own signing is all there is to know. */
  const stateOf = async (signing: Signing) => {
    if (sequenceOf(signing.request).of === 1) return stateOfSequence([signing]);
    const { host, identifier } = signing;
    const agreement = await store.findAgreement(host, identifier);
    const isWithdrawn = agreement !== undefined && agreement.withdrawnAt !== null;
    return stateOfSequence(await store.listByIdentifier(host, identifier), isWithdrawn);
  };
  return async (signing) =>
    toView(signing, { links, conservation: conservationOf(signing.host), sequence: await stateOf(signing) });
};

export const createAgreementViewOf = (options: ViewOptions): AgreementViewOf => {
  const viewOf = createViewOf(options);
  return async (host, identifier) => {
    const signings = await options.store.listByIdentifier(host, identifier);
    const agreement = await options.store.findAgreement(host, identifier);
    if (signings.length === 0 && (agreement?.state ?? 'open') === 'open') return undefined;
    const views: SigningView[] = [];
    for (const signing of signings) views.push(await viewOf(signing));
    return { ...toSummary({ identifier, agreement, signings, views }), signings: views };
  };
};
