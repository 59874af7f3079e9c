import { AutographMethod, type LaterPlaces, type Place, type SigningRequest } from '@tu-esign/contract';
import { sequenceOf } from './sequence.ts';

/** What the host demands of a visit; what it does not mention has its default. */
export const policyOf = ({ policy = {} }: SigningRequest) => ({
  autographs: [...new Set(policy.autographs ?? AutographMethod.options)],
  readAllPages: policy.readAllPages ?? false,
});

/** Where a host wants a signatory's autograph and initials; nothing of it: where there is room. */
export interface AskedPlaces extends Pick<SigningRequest, 'placement' | 'placements' | 'initials'> {
  position?: number;
  of?: number;
  /** Where others will sign, as far as the host says. */
  later?: readonly LaterPlaces[] | undefined;
}

/** What a request says of places: what the sequence says of this signatory holds where the token names none itself. */
export const placesOf = (request: Pick<SigningRequest, 'placement' | 'placements' | 'initials' | 'sequence'>) => {
  const { position, of } = sequenceOf(request);
  const named = request.sequence?.places ?? [];
  const own = named.find((one) => one.position === position);
  const { placement, placements } = request.placement || request.placements || !own ? request : own;
  const initials = request.initials ?? own?.initials;
  return {
    ...(placement && { placement }),
    ...(placements && { placements }),
    ...(initials && { initials }),
    position,
    of,
    later: named.filter((one) => one.position > position),
  } satisfies AskedPlaces;
};

/** Whether the host says where anything goes. */
export const asksForPlaces = (request: Parameters<typeof placesOf>[0]): boolean => {
  const { placement, placements, initials, later } = placesOf(request);
  return Boolean(placement ?? placements ?? initials) || later.length > 0;
};

/** Where a document that a signatory is shown will be signed. @throws Problem placement-invalid and the like */
export type FindPlaces = (document: Uint8Array, asked: AskedPlaces) => Promise<Place[]>;
