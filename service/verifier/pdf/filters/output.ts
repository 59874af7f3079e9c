import { Fault } from '#pdf/fault.ts';

/** No stream that is read here grows beyond this many bytes: memory for these lies outside V8's limit. */
export const mostBytes = 64 << 20;

/** Bytes that are decoded one after the other, and never more than may be. */
export class Output {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @throws Fault when it grows too large */
  push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  /** @throws Fault when it grows too large */
  append(part: Uint8Array): void {
    const end = this.#length + part.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(part, this.#length);
    this.#length = end;
  }

  #grow(least: number): void {
    if (least > mostBytes) throw new Fault('A stream grows too large');
    const larger = new Uint8Array(Math.min(mostBytes, Math.max(least, 2 * this.#bytes.length)));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
