/** Has the work of one holder wait for what it has under way already, so that its turns are never all that there are. */
export type Turns = <T>(holder: string, work: () => Promise<T>) => Promise<T>;

/** @param atOnce what each holder may have under way at the moment */
export const createTurns = (atOnce: number | (() => number)): Turns => {
  const most = typeof atOnce === 'function' ? atOnce : () => atOnce;
  const queues = new Map<string, { running: number; waiting: (() => void)[] }>();
  return async (holder, work) => {
    const queue = queues.get(holder) ?? { running: 0, waiting: [] };
    queues.set(holder, queue);
    // Who has ended hands its place over, so that nobody can slip in between.
    if (queue.running >= most()) await new Promise<void>((resolve) => queue.waiting.push(resolve));
    else queue.running += 1;
    try {
      return await work();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else queue.running -= 1;
      if (queue.running === 0) queues.delete(holder);
    }
  };
};
