import { Fault } from '#pdf/fault.ts';
import { Output } from './output.ts';

const clear = 256;
const endOfData = 257;
const firstFree = 258;
const mostCodes = 4096;

/** Codes of 9 to 12 bits, the highest bit first; undefined at the end. */
const createReader = (bytes: Uint8Array) => {
  let at = 0;
  let held = 0;
  let bits = 0;
  return (width: number): number | undefined => {
    for (; bits < width; bits += 8, at += 1) {
      if (at >= bytes.length) return undefined;
      held = ((held << 8) | bytes[at]!) & 0xfffff;
    }
    bits -= width;
    return (held >> bits) & ((1 << width) - 1);
  };
};

/** What each code stands for: another code's bytes and one more. */
class Codes {
  readonly #sequences: Uint8Array[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  #previous: Uint8Array | undefined;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.#sequences.length = firstFree;
    this.#previous = undefined;
  }

  /** Bits of the next code; `early` is by how many codes too soon it grows. */
  widthWith(early: number): number {
    const codes = this.#sequences.length + early;
    if (codes < 512) return 9;
    if (codes < 1024) return 10;
    return codes < 2048 ? 11 : 12;
  }

  /** @throws Fault where no code of the kind was made */
  take(code: number): Uint8Array {
    const previous = this.#previous;
    const known = this.#sequences[code];
    if (!known && !(previous && code === this.#sequences.length)) throw new Fault('LZWDecode of an unknown code');
    const sequence = known ?? extend(previous!, previous![0]!);
    if (previous && this.#sequences.length < mostCodes) this.#sequences.push(extend(previous, sequence[0]!));
    this.#previous = sequence;
    return sequence;
  }
}

const extend = (sequence: Uint8Array, byte: number): Uint8Array => {
  const longer = new Uint8Array(sequence.length + 1);
  longer.set(sequence);
  longer[sequence.length] = byte;
  return longer;
};

/** ISO 32000-2, 7.4.4.2; `early` is /EarlyChange. What was cut short gives what it has. @throws Fault */
export const decodeLzw = (bytes: Uint8Array, early: number): Uint8Array => {
  const output = new Output();
  const read = createReader(bytes);
  const codes = new Codes();
  for (;;) {
    const code = read(codes.widthWith(early));
    if (code === undefined || code === endOfData) return output.bytes();
    if (code === clear) codes.clear();
    else output.append(codes.take(code));
  }
};
