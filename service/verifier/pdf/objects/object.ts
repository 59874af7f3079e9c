/**
 * What a PDF is made of (ISO 32000-2, 7.3). An object's string is its syntax, one character a byte. What was parsed is
 * written as it was: numbers, names and strings keep their spelling.
 */
export abstract class PdfObject {
  abstract toString(): string;
}

/** 7.3.9. As the value of a key it says the same as no key at all. */
class PdfNull extends PdfObject {
  override toString(): string {
    return 'null';
  }
}
export const pdfNull = new PdfNull();

/** 7.3.2. */
export class PdfBoolean extends PdfObject {
  readonly value: boolean;

  constructor(value: boolean) {
    super();
    this.value = value;
  }

  override toString(): string {
    return String(this.value);
  }
}

// Exponents are not PDF's.
const decimal = (value: number): string => {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(10).replace(/\.?0+$/, '');
};

/** Integer or real (7.3.3). */
export class PdfNumber extends PdfObject {
  readonly value: number;
  readonly #written: string | undefined;

  constructor(value: number, written?: string) {
    super();
    this.value = value;
    this.#written = written;
  }

  override toString(): string {
    return this.#written ?? decimal(this.value);
  }
}

const escapeName = (text: string): string =>
  text.replaceAll(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (one) => `#${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** 7.3.5. Its text is what `#` stands for, one character a byte: two names are the same where their texts are. */
export class PdfName extends PdfObject {
  readonly text: string;
  readonly #written: string | undefined;

  constructor(text: string, written?: string) {
    super();
    this.text = text;
    this.#written = written;
  }

  /** Whether it was written otherwise than its text is written here. */
  get isSpelledOddly(): boolean {
    return this.#written !== undefined;
  }

  override toString(): string {
    return `/${this.#written ?? escapeName(this.text)}`;
  }
}

/** To an indirect object (7.3.10). Of the same file and the same object there is only one: see IndirectObjects. */
export class PdfRef extends PdfObject {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation: number) {
    super();
    this.number = number;
    this.generation = generation;
  }

  override toString(): string {
    return `${this.number} ${this.generation} R`;
  }
}
