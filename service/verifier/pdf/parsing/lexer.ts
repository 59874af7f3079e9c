import { toLatin1 } from '#bytes.ts';

const codes = (characters: string): ReadonlySet<number> => new Set(Array.from(characters, (one) => one.charCodeAt(0)));
const table = (characters: string): Uint8Array => {
  const own = codes(characters);
  return Uint8Array.from({ length: 256 }, (_, code) => Number(own.has(code)));
};

/** Which bytes are white space, and which end a token (ISO 32000-2, 7.2.3). */
const spaces = '\0\t\n\f\r ';
const isSpace = table(spaces);
const endsToken = table(`${spaces}()<>[]{}/%`);

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const percent = 0x25;
const zero = 0x30;
const nine = 0x39;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= zero && byte <= nine;

/** A place in bytes that moves on, token by token. What is not as asked for leaves it where it was. */
export class Lexer {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The byte that comes next, or one further on. */
  peek(ahead = 0): number | undefined {
    return this.bytes[this.at + ahead];
  }

  get isAtDigit(): boolean {
    return isDigit(this.bytes[this.at]);
  }

  skipSpace(): void {
    const { bytes } = this;
    while (this.at < bytes.length && isSpace[bytes[this.at]!]) this.at += 1;
  }

  skipSpaceAndComments(): void {
    this.skipSpace();
    while (this.bytes[this.at] === percent) {
      this.#skipLine();
      this.skipSpace();
    }
  }

  #skipLine(): void {
    const { bytes } = this;
    while (this.at < bytes.length && bytes[this.at] !== lineFeed && bytes[this.at] !== carriageReturn) this.at += 1;
  }

  /** One byte. */
  accept(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  /** These letters, whatever comes behind them. */
  acceptLetters(letters: string): boolean {
    for (let index = 0; index < letters.length; index += 1)
      if (this.bytes[this.at + index] !== letters.charCodeAt(index)) return false;
    this.at += letters.length;
    return true;
  }

  /** These letters as a whole token. */
  acceptKeyword(keyword: string): boolean {
    const start = this.at;
    if (this.acceptLetters(keyword) && this.#isAtEndOfToken) return true;
    this.at = start;
    return false;
  }

  get #isAtEndOfToken(): boolean {
    return this.at >= this.bytes.length || endsToken[this.bytes[this.at]!] === 1;
  }

  /** What stands here up to the next white space or delimiter. */
  token(): string {
    const start = this.at;
    while (!this.#isAtEndOfToken) this.at += 1;
    return this.text(start);
  }

  /** From somewhere to here. */
  text(start: number): string {
    return toLatin1(this.bytes, start, this.at);
  }

  /** Digits as a whole token, of a number that JavaScript can hold. */
  acceptInteger(): number | undefined {
    const start = this.at;
    let value = 0;
    for (; this.isAtDigit; this.at += 1) value = 10 * value + this.bytes[this.at]! - zero;
    if (this.at > start && this.#isAtEndOfToken && Number.isSafeInteger(value)) return value;
    this.at = start;
    return undefined;
  }
}
