/** Does something once: after so many milliseconds, or as soon as the browser is online again; not after `signal`. */
export function later(ms: number, signal: AbortSignal, what: () => void): void {
  const due = new AbortController();
  const go = () => {
    due.abort();
    what();
  };
  const timer = setTimeout(go, ms);
  addEventListener('online', go, { signal: due.signal });
  due.signal.addEventListener('abort', () => clearTimeout(timer));
  signal.addEventListener('abort', () => due.abort(), { signal: due.signal });
}
