/** Tells listeners in this process that a signing has changed; what changed is read from the record. */
export interface Changes {
  announce(signingId: string): void;
  /** Returns the function that ends listening. */
  listen(signingId: string, listener: () => void): () => void;
}

export const createChanges = (): Changes => {
  const listeners = new Map<string, Set<() => void>>();
  return {
    announce: (signingId) => listeners.get(signingId)?.forEach((listener) => listener()),
    listen(signingId, listener) {
      const set = listeners.get(signingId) ?? new Set();
      listeners.set(signingId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(signingId);
      };
    },
  };
};
