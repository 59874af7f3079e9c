import type { Notifications } from './notifications.ts';
import type { Visit, Visits } from './visits.ts';

/** How far one signatory is, as far as this host was told. */
export interface SignatoryState {
  /** The visit's, for its link. */
  id: string;
  name: string;
  position: number;
  state: 'waiting' | 'signed' | 'declined' | 'failed';
}

/** What the service's notifications say of a signatory. */
const states = {
  'signing.signed': 'signed',
  'signing.completed': 'signed',
  'conservation-certificate.issued': 'signed',
  'signing.declined': 'declined',
  'signing.failed': 'failed',
} as const;

/** A notification of the service, as far as it is read here. */
interface Told {
  type?: keyof typeof states;
  data?: { identifier?: string; sequence?: { position: number } };
}

/** How far all signatories of a visit's process are. */
export const listStates = async (
  { identifier, visits: ids }: Visit,
  visits: Visits,
  notifications: Notifications,
): Promise<SignatoryState[]> => {
  const told = (await notifications.list()).map(({ body }) => body as Told);
  const stateOf = (position: number) => {
    const last = told.findLast(
      ({ type, data }) =>
        type && type in states && data?.identifier === identifier && data.sequence?.position === position,
    );
    return last ? states[last.type!] : 'waiting';
  };
  const found = await Promise.all(ids.map((id) => visits.find(id)));
  return found
    .filter((visit) => visit !== undefined)
    .map(({ id, signatory, sequence: { position } }) => {
      const name = [signatory.givenName, signatory.paternalSurname].filter(Boolean).join(' ');
      return { id, name, position, state: stateOf(position) };
    });
};
