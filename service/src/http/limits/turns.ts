/** Has the work of one holder wait for what it has under way already, so that its turns are never all that there are. */
export type Turns = <T>(holder: string, work: () => Promise<T>) => Promise<T>;

export const createTurns = (atOnce: number): Turns => {
  const queues = new Map<string, { running: number; waiting: (() => void)[] }>();
  return async (holder, work) => {
    const queue = queues.get(holder) ?? { running: 0, waiting: [] };
    queues.set(holder, queue);
    // Who has ended hands its place over, so that nobody can slip in between.
    if (queue.running >= atOnce) await new Promise<void>((resolve) => queue.waiting.push(resolve));
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
