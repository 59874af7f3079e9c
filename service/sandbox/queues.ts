/** Has work of one name done one after the other, in the order in which it came. */
export type Enqueue = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export const createQueues = (): Enqueue => {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const done = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, done);
    const forget = () => {
      if (last.get(name) === done) last.delete(name);
    };
    done.then(forget, forget);
    return done;
  };
};
