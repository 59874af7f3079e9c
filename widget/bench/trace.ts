interface TraceEvent {
  name: string;
  dur?: number;
  /** Time of the thread itself: what else the machine does is not in it. */
  tdur?: number;
  args?: { data?: { type?: string } };
}

const timers = new Set(['TimerFire', 'FireAnimationFrame']);

/** Main-thread time that input took: what listeners did, and what they put off. Microseconds. */
export function readTrace(trace: Uint8Array): { moves: number; micros: number } {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const ofInput = traceEvents.filter(
    ({ name, args }) => timers.has(name) || (name === 'EventDispatch' && args?.data?.type?.startsWith('pointer')),
  );
  const moves = ofInput.filter(({ args }) => args?.data?.type === 'pointermove').length;
  return { moves, micros: ofInput.reduce((sum, { tdur, dur }) => sum + (tdur ?? dur ?? 0), 0) };
}
