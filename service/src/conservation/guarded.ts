import type { Guard } from '#network/guard.ts';
import type { ConservationAuthority } from './authority.ts';

/** The same authority behind a guard. */
export const guardConservation = (authority: ConservationAuthority, guard: Guard): ConservationAuthority => ({
  issuer: authority.issuer,
  accredited: authority.accredited,
  conserve: (order) => guard((signal) => authority.conserve(order, signal)),
});
