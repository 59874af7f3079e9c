import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes, equalBytes, fromHex, fromLatin1, startsWith, toHex, toLatin1 } from '@tu-esign/verifier/bytes.ts';

test('bytes become the texts that Node makes of them, and come back', () => {
  const every = uint8Array({ maxLength: 20_000, size: 'max' });
  assert(
    property(every, (bytes) => {
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(toLatin1(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
      expect(toLatin1(bytes, 3, 9)).toBe(Buffer.from(bytes).toString('latin1', 3, 9));
      expect(equalBytes(fromHex(toHex(bytes).toUpperCase()), bytes)).toBe(true);
      expect(equalBytes(fromLatin1(toLatin1(bytes)), bytes)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test.each(['0', 'zz', '0 0', '00 '])('%j is not hexadecimal', (text) => {
  expect(() => fromHex(text)).toThrow(RangeError);
});

test('joined bytes start with the first of them, wherever either lies in memory', () => {
  for (const offset of [0, 1, 2, 3, 4]) {
    const whole = concatBytes(Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4, 5, 6, 7, 8));
    const moved = concatBytes(new Uint8Array(offset), whole).subarray(offset);
    for (let length = 0; length <= whole.length; length += 1) {
      expect(startsWith(moved, whole.subarray(0, length))).toBe(true);
      expect(equalBytes(moved, whole.subarray(0, length))).toBe(length === whole.length);
      const other = Uint8Array.from(whole.subarray(0, length));
      if (length) other[length - 1]! ^= 1;
      expect(startsWith(moved, other)).toBe(length === 0);
    }
    expect(startsWith(moved, concatBytes(whole, Uint8Array.of(9)))).toBe(false);
  }
});
