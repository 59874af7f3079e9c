import {
  PDFName,
  PDFNumber,
  PDFObjectParser,
  PDFRawStream,
  PDFRef,
  type PDFContext,
  type PDFDict,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { Fault } from './fault.ts';

const keyword = {
  obj: [...Buffer.from('obj')],
  stream: [...Buffer.from('stream')],
  endstream: [...Buffer.from('endstream')],
};
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Parses one object at one place of a file. The library's own parser guesses where a stream ends when its
 * /Length is a reference; here the reference is followed.
 */
export class ObjectParser extends PDFObjectParser {
  readonly #source: Uint8Array;

  constructor(source: Uint8Array, context: PDFContext) {
    // the library does not export its byte stream
    super(PDFObjectParser.forBytes(source, context)['bytes'], context);
    this.#source = source;
  }

  /** `N G obj` and the object that follows (ISO 32000-2, 7.3.10). */
  parseIndirectObject(): { ref: PDFRef; object: PDFObject } {
    const number = this.parseRawInt();
    this.skipWhitespaceAndComments();
    const ref = PDFRef.of(number, this.parseRawInt());
    this.skipWhitespaceAndComments();
    if (!this.matchKeyword(keyword.obj)) throw new Fault('There is no object where one should start');
    return { ref, object: this.parseObject(ref) };
  }

  protected override parseDictOrStream(ref?: PDFRef): PDFDict | PDFRawStream {
    const dict = this.parseDict(ref);
    this.skipWhitespaceAndComments();
    if (!this.matchKeyword(keyword.stream)) return dict;
    if (this.bytes.peek() === carriageReturn) this.bytes.next();
    if (this.bytes.peek() === lineFeed) this.bytes.next();
    const start = this.bytes.offset();
    return PDFRawStream.of(dict, this.#source.slice(start, this.#endOfStream(start, dict)));
  }

  #endOfStream(start: number, dict: PDFDict): number {
    const length = dict.lookup(PDFName.of('Length'));
    if (length instanceof PDFNumber && length.asNumber() >= 0) {
      const end = start + length.asNumber();
      this.bytes.moveTo(end);
      this.skipWhitespaceAndComments();
      if (this.matchKeyword(keyword.endstream)) return end;
    }
    throw new Fault('The length of a stream is wrong');
  }
}
