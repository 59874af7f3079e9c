import type { Inflater } from '#ports/ports.ts';
import { requireRoom } from '#pdf/bounds.ts';
import { Fault } from '#pdf/fault.ts';
import { PdfArray, PdfDict, PdfStream, type ObjectSource } from './containers.ts';
import { PdfBoolean, PdfName, pdfNull, PdfNumber, PdfObject, PdfRef } from './object.ts';

/** What objects are made of: a text becomes a name, and what is undefined is left out of a dictionary. */
export type Literal = PdfObject | string | number | boolean | null | readonly Literal[] | LiteralDict;
export interface LiteralDict {
  readonly [key: string]: Literal | undefined;
}

/** Reads the object from its file; undefined where there is none. */
export type LoadObject = (ref: PdfRef) => PdfObject | undefined;

/** A stream's length may be an object in a stream whose length is an object; no honest file goes on for long. */
const mostLoading = 32;
const largest = 2 ** 31;
const generations = 65_536;

/** The indirect objects of one file (ISO 32000-2, 7.3.10): each is read when it is first looked up. */
export class IndirectObjects implements ObjectSource {
  /** The largest object number in use. */
  largestNumber = 0;
  readonly #inflater: Inflater;
  #load: LoadObject = () => undefined;
  readonly #refs = new Map<number, PdfRef>();
  readonly #objects = new Map<PdfRef, PdfObject>();
  readonly #failures = new Map<PdfRef, unknown>();
  readonly #loading = new Set<PdfRef>();

  constructor(inflater: Inflater) {
    this.#inflater = inflater;
  }

  /** From now on: until it is known where objects are, there are none. */
  loadWith(load: LoadObject): void {
    this.#load = load;
  }

  inflate(bytes: Uint8Array, most: number): Uint8Array {
    return this.#inflater.inflate(bytes, most);
  }

  /** The one reference to an object. @throws Fault where no object can have such a number */
  ref(number: number, generation = 0): PdfRef {
    if (!(number < largest && generation < generations)) throw new Fault('A reference beyond all objects');
    const key = number * generations + generation;
    return this.#refs.get(key) ?? this.#newRef(key, new PdfRef(number, generation));
  }

  #newRef(key: number, ref: PdfRef): PdfRef {
    requireRoom(this.#refs);
    this.#refs.set(key, ref);
    return ref;
  }

  /** @throws Fault where the object cannot be read, each time it is asked for */
  lookup(object: PdfObject | undefined): PdfObject | undefined {
    if (!(object instanceof PdfRef)) return object;
    if (this.#failures.has(object)) throw this.#failures.get(object);
    return this.#objects.get(object) ?? this.#read(object);
  }

  #read(ref: PdfRef): PdfObject | undefined {
    // What needs itself to be read finds nothing.
    if (this.#loading.has(ref)) return undefined;
    this.#loading.add(ref);
    try {
      if (this.#loading.size > mostLoading) throw new Fault('Objects need one another to be read for too long');
      const object = this.#load(ref);
      if (object) this.#objects.set(ref, object);
      return object;
    } catch (error) {
      this.#failures.set(ref, error);
      throw error;
    } finally {
      this.#loading.delete(ref);
    }
  }

  /** A reference to an object to come. */
  nextRef(): PdfRef {
    this.largestNumber += 1;
    return this.ref(this.largestNumber);
  }

  /** Takes in a new object. */
  register(object: PdfObject): PdfRef {
    const ref = this.nextRef();
    this.#objects.set(ref, object);
    return ref;
  }

  dict(entries: LiteralDict): PdfDict {
    const dict = new PdfDict(this);
    for (const [key, value] of Object.entries(entries)) if (value !== undefined) dict.set(key, this.#objectOf(value));
    return dict;
  }

  array(members: readonly Literal[]): PdfArray {
    return new PdfArray(
      this,
      members.map((member) => this.#objectOf(member)),
    );
  }

  stream(contents: Uint8Array, entries: LiteralDict = {}): PdfStream {
    return new PdfStream(this.dict(entries), contents);
  }

  #objectOf(literal: Literal): PdfObject {
    if (literal instanceof PdfObject) return literal;
    if (literal === null) return pdfNull;
    if (typeof literal === 'string') return new PdfName(literal);
    if (typeof literal === 'number') return new PdfNumber(literal);
    if (typeof literal === 'boolean') return new PdfBoolean(literal);
    return Array.isArray(literal) ? this.array(literal) : this.dict(literal as LiteralDict);
  }
}
