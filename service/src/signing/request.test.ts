import { expect, test } from 'vitest';
import { AutographMethod, type SigningRequest } from '@tu-esign/contract';
import { asksForPlaces, placesOf, policyOf } from './request.ts';

const placement = { page: -1, x: 10, y: 20, width: 200, height: 80 };
const other = { page: 1, x: 10, y: 20, width: 200, height: 80 };
const initials = { pages: 'all' as const };

test('a token’s own places go before what the sequence says of its signatory, and those of later ones go with it', () => {
  const places = [
    { position: 1, placement: other, initials },
    { position: 2, placements: [other] },
  ];
  const sequence = { position: 1, of: 2, places };
  expect(placesOf({ placement, sequence })).toEqual({ placement, initials, position: 1, of: 2, later: [places[1]] });
  expect(placesOf({ sequence })).toMatchObject({ placement: other, initials });
  expect(placesOf({ sequence: { ...sequence, position: 2 } })).toEqual({
    placements: [other],
    position: 2,
    of: 2,
    later: [],
  });
});

test('a host that says nothing of places asks for none', () => {
  expect(asksForPlaces({ sequence: { position: 1, of: 2 } })).toBe(false);
  for (const asked of [{ initials }, { placement }, { placements: [other] }]) expect(asksForPlaces(asked)).toBe(true);
  expect(asksForPlaces({ sequence: { position: 1, of: 2, places: [{ position: 2, initials }] } })).toBe(true);
});

const ask = (policy?: SigningRequest['policy']) => policyOf({ ...(policy && { policy }) } as SigningRequest);

test('what a host does not demand has its default', () => {
  expect(ask()).toEqual({ autographs: [...AutographMethod.options], readAllPages: false });
  expect(ask({ autographs: ['type', 'type'], readAllPages: true })).toEqual({
    autographs: ['type'],
    readAllPages: true,
  });
});
