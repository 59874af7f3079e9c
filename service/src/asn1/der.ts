/**
 * Writes DER (X.690, 10). Values are plain bytes: what a function returns can be put into the next.
 * Writing certificates, CMS and time-stamps is what a signature's time goes into, and the general libraries
 * are 20 to 30 times slower at it; reading and verifying stays with them.
 */
export type Der = Buffer;

const length = (bytes: number): Buffer => {
  if (bytes < 0x80) return Buffer.of(bytes);
  const hex = bytes.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets]);
};

/** One element with the identifier octet `tag` (X.690, 8.1). */
export const element = (tag: number, ...contents: Uint8Array[]): Der => {
  const bytes = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.of(tag), length(bytes), ...contents]);
};

export const sequence = (...members: Uint8Array[]): Der => element(0x30, ...members);

/** SET OF, its members sorted as X.690, 11.6 demands. */
export const setOf = (...members: Uint8Array[]): Der =>
  element(0x31, ...members.toSorted((a, b) => Buffer.compare(a, b)));

/** `[n]` around a whole element (constructed, context-specific). */
export const explicit = (number: number, ...members: Uint8Array[]): Der => element(0xa0 | number, ...members);

/** `[n]` in place of a primitive element's own tag. */
export const implicit = (number: number, contents: Uint8Array): Der => element(0x80 | number, contents);

/** The same contents under another tag: for IMPLICIT tagging of constructed elements. */
export const retag = (tag: number, der: Uint8Array): Der => Buffer.concat([Buffer.of(tag), der.subarray(1)]);

/** INTEGER from an unsigned big-endian number or a safe non-negative integer. */
export const integer = (value: Uint8Array | number): Der => {
  const octets = typeof value === 'number' ? hexOctets(value) : value;
  const first = octets.findIndex((octet) => octet !== 0);
  const digits = first === -1 ? Buffer.of(0) : octets.subarray(first);
  return element(0x02, (digits[0] ?? 0) & 0x80 ? Buffer.of(0) : Buffer.alloc(0), digits);
};

const hexOctets = (value: number): Buffer => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
};

export const boolean = (value: boolean): Der => element(0x01, Buffer.of(value ? 0xff : 0));
export const nothing: Der = element(0x05);
/** ENUMERATED of a small number. */
export const enumerated = (value: number): Der => element(0x0a, Buffer.of(value));

export const octetString = (bytes: Uint8Array): Der => element(0x04, bytes);

/** BIT STRING of whole octets. */
export const bitString = (bytes: Uint8Array): Der => element(0x03, Buffer.of(0), bytes);

/** BIT STRING of named bits, trailing zeros removed (X.690, 11.2.2). */
export const namedBits = (...bits: number[]): Der => {
  const last = Math.max(...bits);
  const octets = Buffer.alloc((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3]! |= 0x80 >> (bit & 7);
  return element(0x03, Buffer.of(7 - (last & 7)), octets);
};

export const utf8String = (text: string): Der => element(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Der => element(0x13, Buffer.from(text, 'latin1'));

const digits = (time: Date): string => time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** GeneralizedTime of whole seconds. */
export const wholeSeconds = (time: Date): Der => element(0x18, Buffer.from(`${digits(time)}Z`, 'latin1'));

/** UTCTime until 2049, GeneralizedTime after it (RFC 5280, 4.1.2.5); whole seconds. */
export const validityTime = (time: Date): Der =>
  time.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(`${digits(time).slice(2)}Z`, 'latin1')) : wholeSeconds(time);

/** GeneralizedTime with milliseconds; trailing zeros removed (X.690, 11.7.3). */
export const preciseTime = (time: Date): Der => {
  const fraction = `.${String(time.getUTCMilliseconds()).padStart(3, '0')}`.replace(/\.?0+$/, '');
  return element(0x18, Buffer.from(`${digits(time)}${fraction}Z`, 'latin1'));
};

const base128 = (value: bigint): number[] => {
  const octets = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80);
  return octets;
};

/** OBJECT IDENTIFIER from dotted decimals of any size. */
export const objectIdentifier = (dotted: string): Der => {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return element(0x06, Buffer.from([first * 40n + second, ...rest].flatMap(base128)));
};
