import { expect, test } from 'vitest';
import { AutographMethod, type SigningRequest } from '@tu-esign/contract';
import { placeOf, policyOf } from './request.ts';

const found = { page: 3, x: 54, y: 60, width: 240, height: 96 };
const placement = { page: -1, x: 10, y: 20, width: 200, height: 80 };

test('the host’s placement goes before what was found, and −1 is the last page', () => {
  expect(placeOf({ placement }, { pages: 7, found })).toEqual({ ...placement, page: 7 });
  expect(placeOf({ placement: { ...placement, page: 2 } }, { pages: 7, found: null })).toMatchObject({ page: 2 });
});

test('without one, it is where the upload was found to be signed, or not known', () => {
  expect(placeOf({}, { pages: 2, found })).toEqual(found);
  expect(placeOf({}, { pages: 2, found: null })).toBeUndefined();
});

test('a page that is not there is nobody’s place', () => {
  expect(placeOf({ placement: { ...placement, page: 8 } }, { pages: 7, found })).toBeUndefined();
});

test('a field of the document is its own place, which the document tells', () => {
  expect(placeOf({ placement: { field: 'cliente' } }, { pages: 7, found })).toBeUndefined();
});

const ask = (policy?: SigningRequest['policy']) => policyOf({ ...(policy && { policy }) } as SigningRequest);

test('what a host does not demand has its default', () => {
  expect(ask()).toEqual({ autographs: [...AutographMethod.options], readAllPages: false });
  expect(ask({ autographs: ['type', 'type'], readAllPages: true })).toEqual({
    autographs: ['type'],
    readAllPages: true,
  });
});
