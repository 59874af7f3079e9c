import type { Place as ToldPlace } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { AskedPlaces } from '#signing/request.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { readGround } from './ground.ts';
import { planPlaces } from './plan.ts';
import { tell, tellSignature } from './told.ts';

/** As people read: page by page, from the top down, from left to right. */
const inOrder = (one: ToldPlace, other: ToldPlace): number =>
  one.page - other.page || other.y + other.height - (one.y + one.height) || one.x - other.x;

/**
 * Where a document will be signed by who is asked now, as it will be done.
 * @throws Problem placement-invalid, anchor-not-found, field-not-found, field-not-empty, document-locked, document-damaged
 */
export const findPlaces = (document: Uint8Array, asked: AskedPlaces, ports: Inflater): ToldPlace[] => {
  try {
    const ground = readGround(openPdf(document, ports));
    const { signature, further } = planPlaces(ground, asked);
    const first = tellSignature(signature, ground.pages) ?? [];
    const others = further.map((own) =>
      tell(own.of.kind === 'initials' ? 'initials' : 'signature', ground.pages.indexOf(own.page) + 1, own.box),
    );
    return [first, others].flat().sort(inOrder);
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};
