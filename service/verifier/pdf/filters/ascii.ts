import { Fault } from '#pdf/fault.ts';
import { Output } from './output.ts';

const space = -1;
const none = -2;

const isSpace = (character: string): boolean => '\0\t\n\f\r '.includes(character);

/** What each byte is as a digit: its value, white space, or none. */
const digitsOf = (valueOf: (character: string) => number): Int8Array =>
  Int8Array.from({ length: 256 }, (_, code) => {
    const character = String.fromCharCode(code);
    return isSpace(character) ? space : valueOf(character);
  });

const hexDigits = digitsOf((character) => {
  const value = Number.parseInt(character, 16);
  return Number.isNaN(value) ? none : value;
});
const base85Digits = digitsOf((character) =>
  character >= '!' && character <= 'u' ? character.charCodeAt(0) - 0x21 : none,
);

/** Digits that stand for four bytes; `z` is short for five zeros. */
const five = 5;
const z = 0x7a;
const zeros = new Uint8Array(4);

/** Bytes before the mark that ends the data, which may be missing. */
const before = (bytes: Uint8Array, mark: string): Uint8Array => {
  const end = bytes.indexOf(mark.charCodeAt(0));
  return end === -1 ? bytes : bytes.subarray(0, end);
};

const noDigit = (): Fault => new Fault('A stream has something else than digits');

/** ISO 32000-2, 7.4.2. @throws Fault */
export const decodeAsciiHex = (bytes: Uint8Array): Uint8Array => {
  const data = before(bytes, '>');
  const decoded = new Uint8Array((data.length + 1) >> 1);
  let digits = 0;
  for (const byte of data) {
    const digit = hexDigits[byte]!;
    if (digit === space) continue;
    if (digit === none) throw noDigit();
    decoded[digits >> 1]! |= digits % 2 ? digit : digit << 4;
    digits += 1;
  }
  return decoded.subarray(0, (digits + 1) >> 1);
};

/** The upper so many bytes of four. */
const pushBytes = (output: Output, value: number, count: number): void => {
  if (value >= 2 ** 32) throw new Fault('Digits in base 85 are more than four bytes');
  for (let index = 0; index < count; index += 1) output.push((value / 2 ** (24 - 8 * index)) & 0xff);
};

/** Fewer than five digits are one byte less than they are; digits that are not there are as the highest. */
const pushRest = (output: Output, value: number, digits: number): void => {
  if (digits === 1) throw new Fault('A digit in base 85 is alone');
  let whole = value;
  for (let index = digits; index < five; index += 1) whole = whole * 85 + 84;
  pushBytes(output, whole, digits - 1);
};

/** ISO 32000-2, 7.4.3. @throws Fault */
export const decodeAscii85 = (bytes: Uint8Array): Uint8Array => {
  const output = new Output();
  let [value, digits] = [0, 0];
  for (const byte of before(bytes, '~')) {
    const digit = base85Digits[byte]!;
    if (digit === space) continue;
    if (byte === z && digits === 0) output.append(zeros);
    else if (digit === none) throw noDigit();
    else {
      value = value * 85 + digit;
      digits += 1;
    }
    if (digits < five) continue;
    pushBytes(output, value, 4);
    [value, digits] = [0, 0];
  }
  if (digits) pushRest(output, value, digits);
  return output.bytes();
};
