/** What is done with plain bytes, on any platform. Texts have one character a byte, as latin1 reads them. */

/** What one call may take as parameters. */
const mostParameters = 8192;

export const toLatin1 = (bytes: Uint8Array, start = 0, end = bytes.length): string => {
  let text = '';
  for (let at = start; at < end; at += mostParameters) {
    const part = bytes.subarray(at, Math.min(end, at + mostParameters));
    text += String.fromCharCode.apply(null, part as unknown as number[]);
  }
  return text;
};

/** Of a text whose characters are bytes; of any other the lower half of each is taken. */
export const fromLatin1 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
};

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower case. */
export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += hexOf[byte]!;
  return text;
};

/** @throws RangeError where it is no text of pairs of hexadecimal digits */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> => {
  if (text.length % 2 || /[^0-9a-f]/i.test(text)) throw new RangeError('No hexadecimal digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes;
};

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
};

// Documents are compared whole: four bytes at a time where both lie as such.
const equalWords = (one: Uint8Array, other: Uint8Array): number => {
  if (one.byteOffset % 4 || other.byteOffset % 4) return 0;
  const words = Math.min(one.length, other.length) >> 2;
  const [a, b] = [one, other].map(({ buffer, byteOffset }) => new Uint32Array(buffer, byteOffset, words)) as [
    Uint32Array,
    Uint32Array,
  ];
  let at = 0;
  while (at < words && a[at] === b[at]) at += 1;
  return 4 * at;
};

export const startsWith = (whole: Uint8Array, start: Uint8Array): boolean => {
  if (start.length > whole.length) return false;
  let at = equalWords(whole, start);
  while (at < start.length && whole[at] === start[at]) at += 1;
  return at === start.length;
};

export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && startsWith(one, other);
