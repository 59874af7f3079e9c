/** The same bytes with one bit changed. */
export const changedAt = (bytes: Uint8Array, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1;
  return changed;
};

/** So many places, evenly spread over bytes of this length. */
export const spread = (length: number, many: number): number[] =>
  Array.from({ length: many }, (_, step) => Math.floor((step * length) / many));
