import { updateWithSignature } from './prepare.ts';

/** A PNG of one white pixel. */
const blank = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4XmP4//8/AAX+Av70KtMJAAAAAElFTkSuQmCC',
  'base64',
);

/**
 * Prepares a signature and forgets it: what cannot be signed is to be told when it is uploaded, not after
 * somebody has signed.
 * @throws Fault, or whatever a parser throws
 */
export const rehearse = (document: Uint8Array): void => {
  updateWithSignature({
    document,
    fieldName: 'rehearsal',
    facts: { locale: 'en', signatory: 'X', acceptedAt: new Date(0), digest: '0'.repeat(64), identifier: 'X' },
    autograph: { png: blank, width: 1, height: 1 },
    signedAt: new Date(0),
  });
};
