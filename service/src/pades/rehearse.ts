import type { Place } from '@tu-esign/contract';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { readArchival } from '#appearance/archival.ts';
import { addEmptyForm } from '#writing/empty-form.ts';
import { updateWithSignature, type Draw } from './prepare.ts';

/** A PNG of one white pixel. */
const blank = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4XmP4//8/AAX+Av70KtMJAAAAAElFTkSuQmCC',
  'base64',
);

/** An empty drawing: fonts and shaping would take longer than all else, and nobody sees it. What is read for it is read. */
const sketch: Draw = async (target, places) => {
  readArchival(target.file);
  return places.map((size) => addEmptyForm(target, size));
};

/**
 * Prepares a signature and forgets it: what cannot be signed is to be told when it is uploaded, not after
 * somebody has signed. Answers where the signature would be seen, as long as the host asks for no other place.
 * @throws Fault, or whatever a parser throws
 */
export const rehearse = async (document: Uint8Array, ports: Ports): Promise<Place | null> => {
  const options = {
    document,
    fieldName: 'rehearsal',
    facts: { locale: 'en', signatory: 'X', acceptedAt: new Date(0), digest: '0'.repeat(64), identifier: 'X' },
    autograph: { png: blank, width: 1, height: 1 },
    signedAt: new Date(0),
  } as const;
  return (await updateWithSignature(options, ports, sketch)).place;
};
