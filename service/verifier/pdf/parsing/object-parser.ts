import { Fault, LimitFault } from '#pdf/fault.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import type { IndirectObjects } from '#pdf/objects/indirect-objects.ts';
import { PdfBoolean, PdfName, pdfNull, PdfNumber, type PdfObject, type PdfRef } from '#pdf/objects/object.ts';
import { PdfHexString, PdfLiteralString } from '#pdf/objects/strings.ts';
import { Lexer } from './lexer.ts';

/** Arrays and dictionaries within one another; files of today have ten. */
const deepest = 256;
/** Values in one object; a file's largest arrays have some 100,000. */
const mostValues = 500_000;

const byte = {
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  openParenthesis: 0x28,
  closeParenthesis: 0x29,
  slash: 0x2f,
  zero: 0x30,
  less: 0x3c,
  greater: 0x3e,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
};

const real = /^[-+]?(?:\d+\.?\d*|\.\d+)$/;
const plainName = /^[!"$-~]*$/;

/** An indirect object, and from where to where it stands. */
export interface IndirectObject {
  ref: PdfRef;
  object: PdfObject;
  /** Of its number's first digit. */
  start: number;
  /** Behind `endobj`, or behind the object where that is missing. */
  end: number;
}

/**
 * Parses one object at one place, to the letter (ISO 32000-2, 7.3): nothing is repaired, nothing guessed.
 * @throws Fault from each of its methods
 */
export class ObjectParser {
  readonly #lexer: Lexer;
  readonly #objects: IndirectObjects;
  #depth = 0;
  #values = 0;

  constructor(bytes: Uint8Array, objects: IndirectObjects, at = 0) {
    this.#lexer = new Lexer(bytes, at);
    this.#objects = objects;
  }

  /** Where it has come to. */
  get at(): number {
    return this.#lexer.at;
  }

  /** `N G obj` and the object that follows (7.3.10), which may be a stream. */
  parseIndirectObject(): IndirectObject {
    const lexer = this.#lexer;
    // Many writers point at the end of the line before.
    lexer.skipSpace();
    const start = lexer.at;
    const number = this.#integer();
    lexer.skipSpaceAndComments();
    const ref = this.#objects.ref(number, this.#integer());
    lexer.skipSpaceAndComments();
    if (!lexer.acceptKeyword('obj')) throw new Fault('There is no object where one should start');
    const value = this.parseObject();
    const object = value instanceof PdfDict ? this.#streamOr(value) : value;
    const end = lexer.at;
    lexer.skipSpaceAndComments();
    return { ref, object, start, end: lexer.acceptKeyword('endobj') ? lexer.at : end };
  }

  /** Any object but a stream. */
  parseObject(): PdfObject {
    this.#values += 1;
    if (this.#values > mostValues) throw new LimitFault('An object has too many parts');
    this.#lexer.skipSpaceAndComments();
    switch (this.#lexer.peek()) {
      case byte.slash:
        return this.#name();
      case byte.less:
        return this.#lexer.peek(1) === byte.less ? this.#nested(() => this.#dict()) : this.#hexString();
      case byte.openBracket:
        return this.#nested(() => this.#array());
      case byte.openParenthesis:
        return this.#literalString();
      default:
        return this.#integerOrReference() ?? this.#word();
    }
  }

  #integer(): number {
    const value = this.#lexer.acceptInteger();
    if (value === undefined) throw new Fault('There is no number where an object should start');
    return value;
  }

  #nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Fault('An object is nested too deep');
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  #name(): PdfName {
    this.#lexer.at += 1;
    const written = this.#lexer.token();
    if (plainName.test(written)) return new PdfName(written);
    const text = written.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return new PdfName(text, written);
  }

  #dict(): PdfDict {
    const lexer = this.#lexer;
    const dict = new PdfDict(this.#objects);
    lexer.at += 2;
    lexer.skipSpaceAndComments();
    while (lexer.peek() === byte.slash) {
      dict.parsed(this.#name(), this.parseObject());
      lexer.skipSpaceAndComments();
    }
    if (!lexer.acceptLetters('>>')) throw new Fault('A dictionary does not end, or has a key that is no name');
    return dict;
  }

  #array(): PdfArray {
    const lexer = this.#lexer;
    const members: PdfObject[] = [];
    lexer.at += 1;
    lexer.skipSpaceAndComments();
    while (!lexer.accept(byte.closeBracket)) {
      members.push(this.parseObject());
      lexer.skipSpaceAndComments();
    }
    return new PdfArray(this.#objects, members);
  }

  #hexString(): PdfHexString {
    const lexer = this.#lexer;
    const start = lexer.at + 1;
    const end = lexer.bytes.indexOf(byte.greater, start);
    lexer.at = end;
    const written = end === -1 ? '-' : lexer.text(start);
    if (/[^0-9A-Fa-f\0\t\n\f\r ]/.test(written)) throw new Fault('A string is not hexadecimal, or does not end');
    lexer.at += 1;
    return new PdfHexString(written);
  }

  #literalString(): PdfLiteralString {
    const lexer = this.#lexer;
    const start = lexer.at + 1;
    lexer.at = endOfLiteral(lexer.bytes, start);
    const written = lexer.text(start);
    lexer.at += 1;
    return new PdfLiteralString(written);
  }

  /** `N`, or `N G R` (7.3.10). */
  #integerOrReference(): PdfNumber | PdfRef | undefined {
    const lexer = this.#lexer;
    const start = lexer.at;
    const number = lexer.acceptInteger();
    if (number === undefined) return undefined;
    const end = lexer.at;
    const ref = this.#restOfReference(number);
    if (ref) return ref;
    lexer.at = end;
    const hasZeros = lexer.bytes[start] === byte.zero && end - start > 1;
    return new PdfNumber(number, hasZeros ? lexer.text(start) : undefined);
  }

  /** `-1 0 R` is what some writers mean nothing with, and all readers read so. */
  #noReference(number: string): PdfRef | undefined {
    const end = this.#lexer.at;
    const ref = number.startsWith('-') && !number.includes('.') ? this.#restOfReference(Number(number)) : undefined;
    if (!ref) this.#lexer.at = end;
    return ref;
  }

  #restOfReference(number: number): PdfRef | undefined {
    const lexer = this.#lexer;
    lexer.skipSpaceAndComments();
    const generation = lexer.acceptInteger();
    if (generation === undefined) return undefined;
    lexer.skipSpaceAndComments();
    return lexer.acceptKeyword('R') ? this.#objects.ref(number, generation) : undefined;
  }

  /** Any other number, or one of three keywords. */
  #word(): PdfObject {
    const word = this.#lexer.token();
    if (real.test(word) && Number.isFinite(Number(word)))
      return this.#noReference(word) ?? new PdfNumber(Number(word), word);
    if (word === 'true' || word === 'false') return new PdfBoolean(word === 'true');
    if (word === 'null') return pdfNull;
    throw new Fault('There is something that is no object');
  }

  /** The stream whose dictionary this is, where it is one's (7.3.8). */
  #streamOr(dict: PdfDict): PdfDict | PdfStream {
    const lexer = this.#lexer;
    const behind = lexer.at;
    lexer.skipSpaceAndComments();
    if (!lexer.acceptLetters('stream')) {
      lexer.at = behind;
      return dict;
    }
    lexer.accept(byte.carriageReturn);
    lexer.accept(byte.lineFeed);
    const start = lexer.at;
    const end = this.#endOfStream(start, dict);
    return new PdfStream(dict, lexer.bytes.subarray(start, end));
  }

  #endOfStream(start: number, dict: PdfDict): number {
    const length = dict.lookup('Length');
    if (length instanceof PdfNumber && Number.isInteger(length.value) && length.value >= 0) {
      const end = start + length.value;
      this.#lexer.at = end;
      this.#lexer.skipSpaceAndComments();
      if (this.#lexer.acceptLetters('endstream')) return end;
    }
    throw new Fault('The length of a stream is wrong');
  }
}

/** Of its closing parenthesis; those within it are paired or escaped (7.3.4.2). */
const endOfLiteral = (bytes: Uint8Array, start: number): number => {
  let depth = 1;
  for (let at = start; at < bytes.length; at += 1) {
    const one = bytes[at];
    if (one === byte.backslash) at += 1;
    else if (one === byte.openParenthesis) depth += 1;
    else if (one === byte.closeParenthesis) depth -= 1;
    if (depth === 0) return at;
  }
  throw new Fault('A string does not end');
};
