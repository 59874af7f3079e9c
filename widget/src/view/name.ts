import type { Signatory } from '@tu-esign/contract';

/** Names in the order they are written on Mexican documents. */
export const nameOf = ({ givenName, paternalSurname, maternalSurname }: Signatory): string =>
  [givenName, paternalSurname, maternalSurname].filter(Boolean).join(' ');
