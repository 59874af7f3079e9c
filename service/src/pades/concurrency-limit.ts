/** Lets so many pieces of work run at once and the others wait, first come, first served. */
export const createConcurrencyLimit = (atOnce: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const take = async (): Promise<void> => {
    // who leaves hands its place over, so that nobody can slip in between
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await take();
    try {
      return await work();
    } finally {
      leave();
    }
  };
};
