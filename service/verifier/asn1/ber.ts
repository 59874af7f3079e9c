import { concatBytes } from '#bytes.ts';
import { readElement } from './read.ts';

/** Deeper is nothing that we know. */
const deepest = 32;
/** What has more elements is made to take time. */
const mostElements = 200_000;

const indefinite = 0x80;
const constructed = 0x20;

/** An element as DER, and where the next one starts. */
interface Converted {
  der: Uint8Array;
  end: number;
  /** False where its bytes are those it had. */
  changed: boolean;
}

const lengthOf = (size: number): number[] => {
  if (size < 0x80) return [size];
  const octets: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
};

const write = (tag: number, contents: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(tag, ...lengthOf(contents.length)), contents);

/** Strings of octets may come in pieces in BER (X.690, 8.7); of them alone CMS is made of such. */
const isPieces = (tag: number): boolean => tag === (0x04 | constructed);

const contentsOfPiece = (der: Uint8Array): Uint8Array => der.subarray(2 + (der[1]! < 0x80 ? 0 : der[1]! & 0x7f));

class Converter {
  readonly #ber: Uint8Array;
  #elements = 0;

  constructor(ber: Uint8Array) {
    this.#ber = ber;
  }

  #octet(at: number): number {
    const octet = this.#ber[at];
    if (octet === undefined) throw new RangeError('The encoding ends too early');
    return octet;
  }

  /** Where the contents start and end; the end is undefined where two zeros tell it. */
  #readHeader(start: number): { contents: number; end: number | undefined } {
    const first = this.#octet(start + 1);
    if (first === indefinite) return { contents: start + 2, end: undefined };
    const many = first < indefinite ? 0 : first & 0x7f;
    if (many > 4) throw new RangeError('The length is too large');
    let size = many ? 0 : first;
    for (let index = 0; index < many; index += 1) size = size * 256 + this.#octet(start + 2 + index);
    const contents = start + 2 + many;
    if (contents + size > this.#ber.length) throw new RangeError('The encoding ends too early');
    return { contents, end: contents + size };
  }

  #isEnd(at: number, end: number | undefined): boolean {
    if (end !== undefined) return at >= end;
    return this.#octet(at) === 0 && this.#octet(at + 1) === 0;
  }

  convert(start: number, depth: number): Converted {
    this.#elements += 1;
    if (depth > deepest || this.#elements > mostElements) throw new RangeError('The encoding is too deep or too large');
    const tag = this.#octet(start);
    const { contents, end } = this.#readHeader(start);
    if (!(tag & constructed)) {
      if (end === undefined) throw new RangeError('Contents without parts have no end');
      return { der: this.#ber.subarray(start, end), end, changed: false };
    }
    const parts: Converted[] = [];
    let at = contents;
    for (; !this.#isEnd(at, end); at = parts.at(-1)!.end) parts.push(this.convert(at, depth + 1));
    if (end !== undefined && at > end) throw new RangeError('An element is longer than what it is in');
    // What is DER already is left as it is: certificates, and attributes, are signed as they are.
    if (end !== undefined && !isPieces(tag) && !parts.some(({ changed }) => changed))
      return { der: this.#ber.subarray(start, end), end, changed: false };
    return {
      der: toElement(
        tag,
        parts.map(({ der }) => der),
      ),
      end: end ?? at + 2,
      changed: true,
    };
  }
}

const toElement = (tag: number, parts: Uint8Array[]): Uint8Array => {
  if (!isPieces(tag)) return write(tag, concatBytes(...parts));
  if (parts.some(([piece]) => piece !== 0x04)) throw new RangeError('A string is in pieces of another type');
  return write(0x04, concatBytes(...parts.map(contentsOfPiece)));
};

/**
 * The same in DER, as far as lengths and pieces of strings go: signers that do not know beforehand how long their CMS
 * will be write lengths that are found by reading on (X.690, 8.1.3.6). What follows its end, such as a gap's zeros, is
 * left out.
 * @throws RangeError where it cannot be read
 */
export const toDer = (ber: Uint8Array): Uint8Array =>
  // Nearly everybody's is DER, and is not looked at any further here.
  ber[1] === indefinite ? new Converter(ber).convert(0, 0).der : ber;

/** The same, where BER may stand in any part of it. @throws RangeError where it cannot be read */
export const toDerInside = (ber: Uint8Array): Uint8Array => new Converter(ber).convert(0, 0).der;

/**
 * The same of what is one element as a whole: an answer in DER may carry a token that is not.
 * @throws RangeError where it cannot be read, or something follows its end
 */
export const toWholeDer = (ber: Uint8Array): Uint8Array => {
  const { der, end } = new Converter(ber).convert(0, 0);
  if (end !== ber.length) throw new RangeError('Something follows its end');
  return der;
};

/** Behind the first element, be it DER or BER. @throws RangeError where it cannot be read */
export const endOfElement = (ber: Uint8Array): number =>
  ber[1] === indefinite ? new Converter(ber).convert(0, 0).end : readElement(ber).end;
