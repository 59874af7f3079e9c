import type { Tracer } from '#telemetry/tracer.ts';
import type { ConservationAuthority } from './authority.ts';

/** The same authority, with its calls traced. */
export const traceConservation = (authority: ConservationAuthority, tracer: Tracer): ConservationAuthority => ({
  issuer: authority.issuer,
  accredited: authority.accredited,
  conserve: (order, signal) =>
    tracer.trace({ name: 'conservation conserve', kind: 'client' }, () => authority.conserve(order, signal)),
});
