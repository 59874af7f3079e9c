import type { TraceAttributes, Tracer } from '#telemetry/tracer.ts';
import type { Guard } from './guard.ts';

/** A call to a provider or an authority that is about to be made. */
export interface Call {
  /** In words, such as `find key certificate`. */
  method: string;
  /** Id of the signing that it is for. */
  signing: string;
  /** Of the caller: aborted when nobody waits for the answer any more. */
  signal: AbortSignal | undefined;
}

/** Makes a call with something around it: a guard, or a span. */
export type Around = <T>(call: Call, make: (signal: AbortSignal | undefined) => Promise<T>) => Promise<T>;

/** The call ends when the caller no longer waits, or the guard does. */
export const throughGuard =
  (guard: Guard): Around =>
  ({ signal }, make) =>
    guard((timeout) => make(signal ? AbortSignal.any([timeout, signal]) : timeout));

/** A span a call, named by the room and the method. */
export const withinSpan =
  (tracer: Tracer, room: string, attributes: TraceAttributes = {}): Around =>
  ({ method, signing, signal }, make) =>
    tracer.trace(
      { name: `${room} ${method}`, kind: 'client', attributes: { ...attributes, 'tu_esign.signing': signing } },
      () => make(signal),
    );
