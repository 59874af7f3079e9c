import { Fault } from '#pdf/fault.ts';
import { PdfName, pdfNull, PdfObject } from './object.ts';

/** The objects of one file, as far as what contains some must know of them. */
export interface ObjectSource {
  /** What a reference refers to; whatever else is given, itself. Undefined where there is no such object. */
  lookup(object: PdfObject | undefined): PdfObject | undefined;
  /** See Inflater. */
  inflate(bytes: Uint8Array, most: number): Uint8Array;
}

/** 7.3.6. */
export class PdfArray extends PdfObject {
  readonly source: ObjectSource;
  readonly #members: PdfObject[];

  constructor(source: ObjectSource, members: PdfObject[] = []) {
    super();
    this.source = source;
    this.#members = members;
  }

  get length(): number {
    return this.#members.length;
  }

  /** As written: references are references. */
  members(): readonly PdfObject[] {
    return this.#members;
  }

  get(index: number): PdfObject | undefined {
    return this.#members[index];
  }

  lookup(index: number): PdfObject | undefined {
    return this.source.lookup(this.#members[index]);
  }

  push(object: PdfObject): void {
    this.#members.push(object);
  }

  override toString(): string {
    return `[ ${this.#members.map((member) => `${member.toString()} `).join('')}]`;
  }
}

const nameOf = (key: string, spellings: ReadonlyMap<string, PdfName> | undefined): PdfName =>
  spellings?.get(key) ?? new PdfName(key);

/** 7.3.7. Its keys are the texts of names. */
export class PdfDict extends PdfObject {
  readonly source: ObjectSource;
  readonly #entries = new Map<string, PdfObject>();
  // Of few dictionaries: keys that are spelled oddly, and keys that stood there before.
  #spellings: Map<string, PdfName> | undefined;
  #repeated: Set<string> | undefined;

  constructor(source: ObjectSource) {
    super();
    this.source = source;
  }

  /** Keys that stood in it with several values, which is forbidden: readers take the first one, or the last as here. */
  get repeatedKeys(): readonly string[] {
    return [...(this.#repeated ?? [])];
  }

  /** As written: a reference is a reference. */
  get(key: string): PdfObject | undefined {
    const value = this.#entries.get(key);
    return value === pdfNull ? undefined : value;
  }

  lookup(key: string): PdfObject | undefined {
    const value = this.source.lookup(this.#entries.get(key));
    return value === pdfNull ? undefined : value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** As written, nulls too, in their order. */
  entries(): [string, PdfObject][] {
    return [...this.#entries];
  }

  /** @throws Fault where it would contain itself: a file may name one object in the place of another */
  set(key: string, value: PdfObject): void {
    if (value === this) throw new Fault('An object would contain itself');
    this.#entries.set(key, value);
  }

  /** Takes in an entry that was parsed. */
  parsed(key: PdfName, value: PdfObject): void {
    const earlier = this.#entries.get(key.text);
    if (earlier && earlier.toString() !== value.toString()) (this.#repeated ??= new Set()).add(key.text);
    if (key.isSpelledOddly) (this.#spellings ??= new Map()).set(key.text, key);
    this.#entries.set(key.text, value);
  }

  override toString(): string {
    const lines = this.entries().map(
      ([key, value]) => `${nameOf(key, this.#spellings).toString()} ${value.toString()}\n`,
    );
    return `<<\n${lines.join('')}>>`;
  }
}

/** A stream's dictionary, and its bytes as they are encoded (7.3.8). */
export class PdfStream extends PdfObject {
  readonly dict: PdfDict;
  readonly contents: Uint8Array;

  constructor(dict: PdfDict, contents: Uint8Array) {
    super();
    this.dict = dict;
    this.contents = contents;
  }

  /** Without its bytes: see writeIndirectObject. */
  override toString(): string {
    return this.dict.toString();
  }
}
