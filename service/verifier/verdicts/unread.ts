import type { VerifiedDocument } from './findings.ts';

type Fault = NonNullable<VerifiedDocument['fault']>;

/** What is said of one document that has no structure that could be read, or took too long or too much memory. */
export const unread = (fault: Fault): VerifiedDocument => ({
  findings: {
    parsed: false,
    originalPagesKept: null,
    originalPagesUnchanged: null,
    signaturesPresent: false,
    signaturesHold: null,
    nothingAddedAfter: null,
  },
  fault,
  pages: 0,
  startsWithOriginal: false,
  signatures: [],
  changes: [],
  earlierEnds: [],
});
