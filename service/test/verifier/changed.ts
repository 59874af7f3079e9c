const flip = (octet: number): number => octet ^ 1;

/** The same bytes with one of them changed, by default by a bit. */
export const changedAt = (bytes: Uint8Array, at: number, change = flip): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = change(changed[at]!);
  return changed;
};

/** So many places, evenly spread over bytes of this length. */
export const spread = (length: number, many: number): number[] =>
  Array.from({ length: many }, (_, step) => Math.floor((step * length) / many));
