import { advanceTo, type Signing } from '#signing/signing.ts';
import type { Change } from '#records/signing-store.ts';
import type { Neighbours } from './step.ts';

export interface ReviewReason {
  /** What is known of it already. */
  change?: Partial<Signing>;
  observations?: Change['observations'];
}

/** What nobody here can know, or believe: a person of the operator's has to find out. */
export const toReview = async (
  signing: Signing,
  { store, providerOf, toTell }: Neighbours,
  { change = {}, observations = [] }: ReviewReason = {},
): Promise<Signing | undefined> => {
  const { name } = providerOf(signing.host);
  const needed = { kind: 'review-needed', data: { provider: name, ...reasonOf(change) } } as const;
  const tell = toTell(signing.host, 'signing.review');
  const all = [...observations, needed];
  return store.save(advanceTo(signing, 'review', change), { observations: all, dueInMs: null, tell });
};

const reasonOf = ({ problem }: Partial<Signing>) => (problem ? { problem } : {});
