import { fromHex, fromLatin1, toHex } from '#bytes.ts';
import { PdfObject } from './object.ts';
import { decodeText, encodeText } from './text.ts';

/** 7.3.4. How its bytes are written says nothing. */
export abstract class PdfString extends PdfObject {
  abstract bytes(): Uint8Array;

  /** What it says, where it is a text string (7.9.2.2). */
  text(): string {
    return decodeText(this.bytes());
  }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '', '\r\n': '' };

// The line ends of a string are line feeds, whatever the file's are.
const unescape = (written: string): string =>
  written.replaceAll(/\\(?:([0-7]{1,3})|(\r\n|[^]))|\r\n?/g, (_, octal?: string, other?: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
    return other === undefined ? '\n' : (escapes[other] ?? other);
  });

/** 7.3.4.2. */
export class PdfLiteralString extends PdfString {
  readonly #written: string;

  /** @param written What stands between its parentheses */
  constructor(written: string) {
    super();
    this.#written = written;
  }

  static of(text: string): PdfLiteralString {
    return new PdfLiteralString(text.replaceAll(/[\\()\r]/g, (one) => (one === '\r' ? '\\r' : `\\${one}`)));
  }

  override bytes(): Uint8Array {
    return fromLatin1(unescape(this.#written));
  }

  override toString(): string {
    return `(${this.#written})`;
  }
}

/** 7.3.4.3. */
export class PdfHexString extends PdfString {
  readonly #written: string;

  /** @param written What stands between its angle brackets: digits and white space */
  constructor(written: string) {
    super();
    this.#written = written;
  }

  static of(bytes: Uint8Array): PdfHexString {
    return new PdfHexString(toHex(bytes));
  }

  static ofText(text: string): PdfHexString {
    return new PdfHexString(toHex(encodeText(text)).toUpperCase());
  }

  override bytes(): Uint8Array {
    const digits = this.#written.replaceAll(/[\0\t\n\f\r ]/g, '');
    return fromHex(digits.length % 2 ? `${digits}0` : digits);
  }

  override toString(): string {
    return `<${this.#written}>`;
  }
}
