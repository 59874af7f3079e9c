import type { samplePlacement } from './asks.ts';

/** Where the visible signature goes: points from the lower left corner; page −1 is the last. */
type Placement = typeof samplePlacement;

/** An agreement the service has. */
export interface Agreement {
  /** SHA-256 of the document as the service keeps it. */
  digest: string;
  name: string;
  placement?: Placement;
}

/** The agreements uploaded since the start; visits remember their own. */
export interface Agreements {
  add(agreement: Agreement): Agreement;
  /** By digest; the first of all where none is named. */
  find(digest: unknown): Agreement | undefined;
}

export const createAgreements = (): Agreements => {
  const agreements: Agreement[] = [];
  return {
    add(agreement) {
      agreements.push(agreement);
      return agreement;
    },
    find: (digest) =>
      digest === undefined ? agreements[0] : agreements.findLast((agreement) => agreement.digest === digest),
  };
};
