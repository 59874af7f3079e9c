import { array, constantFrom, nat, oneof, record, tuple, uint8Array, type Arbitrary } from 'fast-check';

/** Changes some bytes of an input; where it says is taken modulo the length, so that it fits every input. */
export type Alteration = { at: number } & (
  | { flip: number }
  | { put: Uint8Array }
  | { insert: Uint8Array }
  | { remove: number }
  | { repeat: number }
  | { keep: 'before' }
);

const place = nat({ max: 1_000_000 });
// what parsers of lengths, signs and ends trip over
const boundary = constantFrom(
  ...['00', 'ff', '80', '7f', 'ffffffff', '7fffffff', '80000000', '0d0a', '00000000', '3080', '84ffffffff'].map((hex) =>
    Uint8Array.from(Buffer.from(hex, 'hex')),
  ),
);
const bytes = oneof(boundary, uint8Array({ minLength: 1, maxLength: 12 }));

const alteration: Arbitrary<Alteration> = oneof(
  { weight: 4, arbitrary: record({ at: place, flip: nat({ max: 7 }) }) },
  { weight: 3, arbitrary: record({ at: place, put: bytes }) },
  { weight: 2, arbitrary: record({ at: place, insert: bytes }) },
  { weight: 2, arbitrary: record({ at: place, remove: nat({ max: 200 }) }) },
  { weight: 1, arbitrary: record({ at: place, repeat: nat({ max: 200 }) }) },
  { weight: 1, arbitrary: record({ at: place, keep: constantFrom('before' as const) }) },
);

/** One to six changes. */
export const alterations: Arbitrary<Alteration[]> = array(alteration, { minLength: 1, maxLength: 6 });

const splice = (input: Buffer, [start, end]: [number, number], put: Uint8Array): Buffer =>
  Buffer.concat([input.subarray(0, start), put, input.subarray(end)]);

const alterOnce = (input: Buffer, change: Alteration): Buffer => {
  const at = change.at % (input.length || 1);
  if ('flip' in change) return splice(input, [at, at + 1], Buffer.of((input[at] ?? 0) ^ (1 << change.flip)));
  if ('put' in change) return splice(input, [at, at + change.put.length], change.put);
  if ('insert' in change) return splice(input, [at, at], change.insert);
  if ('remove' in change) return splice(input, [at, at + change.remove], Buffer.alloc(0));
  if ('repeat' in change) return splice(input, [at, at], input.subarray(at, at + change.repeat));
  return input.subarray(0, at);
};

/** The input with all changes made, one after the other. */
export const alter = (input: Uint8Array, changes: Alteration[]): Buffer =>
  changes.reduce(alterOnce, Buffer.from(input));

/** An index and changes: which of several inputs to change, and how. */
export const altered = (inputs: number): Arbitrary<[number, Alteration[]]> =>
  tuple(nat({ max: inputs - 1 }), alterations);
