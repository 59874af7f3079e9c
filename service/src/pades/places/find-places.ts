import type { Place as ToldPlace } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { inkOfInitials, inkOfStamp } from '#appearance/stamp.ts';
import type { AskedPlaces } from '#signing/request.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import type { Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { readGround } from './ground.ts';
import { planPlaces } from './plan.ts';

const inkOf = { signature: inkOfStamp, initials: inkOfInitials };

/** Points are told to a thousandth, which nobody sees. */
const rounded = (value: number): number => Number(value.toFixed(3));

const told = (kind: ToldPlace['kind'], page: number, { left, bottom, right, top }: Box): ToldPlace => {
  const size = { width: right - left, height: top - bottom };
  const ink = inkOf[kind](size);
  return {
    kind,
    page,
    x: rounded(left),
    y: rounded(bottom),
    width: rounded(size.width),
    height: rounded(size.height),
    ink: {
      x: rounded(left + ink.x),
      y: rounded(bottom + ink.y),
      width: rounded(ink.width),
      height: rounded(ink.height),
    },
  };
};

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
    const page = 'page' in signature ? ground.pages.indexOf(signature.page) + 1 : ground.pages.length + 1;
    const first = signature.box ? [told('signature', page, signature.box)] : [];
    const others = further.map((own) =>
      told(own.of.kind === 'initials' ? 'initials' : 'signature', ground.pages.indexOf(own.page) + 1, own.box),
    );
    return [...first, ...others].sort(inOrder);
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};
