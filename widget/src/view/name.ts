import type { Signatory } from '@tu-esign/contract';

/** Names in the order they are written on Mexican documents. */
export const nameOf = ({ givenName, paternalSurname, maternalSurname }: Signatory): string =>
  [givenName, paternalSurname, maternalSurname].filter(Boolean).join(' ');

/** The first letter of each name. */
export const initialsOf = ({ givenName, paternalSurname, maternalSurname }: Signatory): string =>
  [givenName, paternalSurname, maternalSurname].map((name) => Array.from(name ?? '')[0] ?? '').join('');
