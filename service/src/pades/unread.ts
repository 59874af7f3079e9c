import { Problem } from '#problem.ts';
import type { VerifiedDocument } from '#signing/findings.ts';

type Fault = NonNullable<VerifiedDocument['fault']>;

const unread = (fault: Fault): VerifiedDocument => ({
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
});

/** As one document that took too long, or too much memory, or has no structure that could be read. */
export const toUnread = (error: unknown): VerifiedDocument => {
  const type = error instanceof Problem ? error.type : 'document-damaged';
  return unread(type === 'document-encrypted' || type === 'document-too-complex' ? type : 'document-damaged');
};
