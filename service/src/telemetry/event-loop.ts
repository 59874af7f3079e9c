/** Watches how late timers fire. */
export interface EventLoop {
  /** The least of the last delays, in milliseconds: it is high only where every one of them was. */
  readonly lagMs: () => number;
  close(): void;
}

/** Looks every so many milliseconds, and remembers so many looks. */
export const watchEventLoop = (everyMs = 500, looks = 10): EventLoop => {
  const delays: number[] = [];
  let expectedAt = performance.now() + everyMs;
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - expectedAt));
    if (delays.length > looks) delays.shift();
    expectedAt = now + everyMs;
  }, everyMs);
  timer.unref();
  return {
    lagMs: () => (delays.length < looks ? 0 : Math.min(...delays)),
    close: () => clearInterval(timer),
  };
};
