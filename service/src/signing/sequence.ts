import type { Sequence, SigningRequest } from '@tu-esign/contract';
import type { Signing } from './signing.ts';

/** The signatory's place among those who sign; where the host names none, the signatory signs alone. */
export const sequenceOf = ({ sequence }: Pick<SigningRequest, 'sequence'>): Sequence => {
  const { position, of } = sequence ?? { position: 1, of: 1 };
  return { position, of };
};

/** Nobody signs after this signatory. */
export const isLast = ({ request }: Pick<Signing, 'request'>): boolean => {
  const { position, of } = sequenceOf(request);
  return position === of;
};

/** The signing of a signatory, where there is one. */
export const atPosition = (signings: readonly Signing[], position: number): Signing | undefined =>
  signings.find(({ request }) => sequenceOf(request).position === position);
