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

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => joinBytes(parts);

/** The same of parts that are too many to be parameters. */
export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
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

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) sextets[alphabet.charCodeAt(value)] = value;
// RFC 4648, 5: for addresses
for (const [value, letter] of [
  [62, '-'],
  [63, '_'],
] as const)
  sextets[letter.charCodeAt(0)] = value;

/** Base64 of both alphabets (RFC 4648, 4 and 5); what belongs to neither is left out, and `=` ends it. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let [end, bits, held] = [0, 0, 0];
  for (let at = 0; at < text.length && text[at] !== '='; at += 1) {
    const sextet = sextets[text.charCodeAt(at)] ?? -1;
    if (sextet === -1) continue;
    bits = ((bits << 6) | sextet) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[end] = bits >> held;
    end += 1;
  }
  return bytes.subarray(0, end);
};

const isAt = (whole: Uint8Array, part: Uint8Array, start: number): boolean => {
  let at = 0;
  while (at < part.length && whole[start + at] === part[at]) at += 1;
  return at === part.length;
};

/** Where a part that is not empty is found first, at `from` or behind it; -1 where it is not. */
export const indexOfBytes = (whole: Uint8Array, part: Uint8Array, from = 0): number => {
  const first = part[0]!;
  let at = whole.indexOf(first, from);
  while (at !== -1 && !isAt(whole, part, at)) at = whole.indexOf(first, at + 1);
  return at;
};
