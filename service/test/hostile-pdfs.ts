import { deflateSync } from 'node:zlib';

/** An object as it is written, its number apart. */
type Written = [number: number, body: Buffer | string];

const frame: Written[] = [
  [1, '<< /Type /Catalog /Pages 2 0 R >>'],
  [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
  [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>'],
];

/** A stream, deflated unless its dictionary says how it is encoded. */
export const stream = (dictionary: string, data: Uint8Array): Buffer => {
  const isEncoded = dictionary.includes('/Filter');
  const bytes = isEncoded ? data : deflateSync(data, { level: 9 });
  const entries = `${dictionary}${isEncoded ? '' : ' /Filter /FlateDecode'} /Length ${bytes.length}`;
  return Buffer.concat([Buffer.from(`<< ${entries} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
};

const indirect = ([number, body]: Written): Buffer =>
  Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);

/** A file as it grows, and where its objects are. */
class Body {
  #parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  #length = this.#parts[0]!.length;
  readonly offsets = new Map<number, number>();

  get length(): number {
    return this.#length;
  }

  add(part: Buffer): number {
    const start = this.#length;
    this.#parts.push(part);
    this.#length += part.length;
    return start;
  }

  addObjects(objects: Written[]): void {
    for (const object of objects) this.offsets.set(object[0], this.add(indirect(object)));
  }

  end(start: number): Buffer {
    this.add(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    return Buffer.concat(this.#parts);
  }
}

/** The objects of the frame, changed where others have their numbers. */
const withFrame = (objects: Written[]): Written[] => [
  ...frame.filter(([number]) => !objects.some(([other]) => other === number)),
  ...objects,
];

const tableOf = ({ offsets }: Body, trailer: string): string => {
  const entries = [...offsets].map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  return `xref\n0 1\n0000000000 65535 f \n${entries.join('')}trailer\n<< /Root 1 0 R /Size ${offsets.size + 1} ${trailer} >>\n`;
};

/** A PDF with a table, of a page and these objects. */
export const withTable = (objects: Written[], trailer = ''): Buffer => {
  const body = new Body();
  body.addObjects(withFrame(objects));
  return body.end(body.add(Buffer.from(tableOf(body, trailer))));
};

/** A PDF whose cross-reference is this text. */
export const withOddTable = (table: string): Buffer => {
  const body = new Body();
  body.addObjects(frame);
  return body.end(body.add(Buffer.from(table)));
};

/** A PDF whose cross-reference is this stream. */
export const withStream = (dictionary: string, data: Uint8Array): Buffer => {
  const body = new Body();
  body.addObjects(frame);
  return body.end(body.add(indirect([9, stream(`/Type /XRef /Root 1 0 R ${dictionary}`, data)])));
};

/** A PDF with a good table, whose trailer names a section of this stream as the one before or beside it. */
export const withOlderStream = (key: 'Prev' | 'XRefStm', dictionary: string, data: Uint8Array): Buffer => {
  const body = new Body();
  body.addObjects(frame);
  const older = body.add(indirect([9, stream(`/Type /XRef ${dictionary}`, data)]));
  return body.end(body.add(Buffer.from(tableOf(body, `/${key} ${older}`))));
};

/** The same with two spaces where one belongs, which readers that recover files pass over. */
export const withOddOlderStream = (dictionary: string, data: Uint8Array): Buffer =>
  Buffer.from(
    withOlderStream('Prev', dictionary, data)
      .toString('latin1')
      .replace('0000000000 65535 f \n', '0000000000  65535 f\n'),
    'latin1',
  );

interface Sections {
  count: number;
  /** Whether all name the same stream beside them, or each its own. */
  share: boolean;
  dictionary: string;
  data: Uint8Array;
}

/** A PDF with so many sections of a table, and a stream beside each. */
export const withManySections = ({ count, share, dictionary, data }: Sections): Buffer => {
  const body = new Body();
  body.addObjects(frame);
  const addStream = () => body.add(indirect([9, stream(`/Type /XRef ${dictionary}`, data)]));
  const shared = addStream();
  let previous = '';
  for (let section = 0; section < count; section += 1) {
    const entries = `/XRefStm ${share ? shared : addStream()} ${previous}`;
    previous = `/Prev ${body.add(Buffer.from(`xref\n0 0\ntrailer\n<< ${entries} >>\n`))}`;
  }
  return body.end(body.add(Buffer.from(tableOf(body, previous))));
};

/** An entry of one, three and one bytes. */
const row = (type: number, second: number, third: number): number[] => [
  type,
  second >> 16,
  (second >> 8) & 255,
  second & 255,
  third,
];

/** A PDF whose page is in an object stream, as this dictionary and these bytes say. */
export const withObjectStream = (dictionary: string, data: Uint8Array): Buffer => {
  const body = new Body();
  const [catalog, pages] = frame;
  body.addObjects([catalog!, pages!, [4, stream(`/Type /ObjStm ${dictionary}`, data)]]);
  const places = [1, 2, 3, 4].map((number) => (number === 3 ? row(2, 4, 0) : row(1, body.offsets.get(number)!, 0)));
  const rows = Buffer.from([row(0, 0, 0), ...places].flat());
  return body.end(body.add(indirect([9, stream('/Type /XRef /Root 1 0 R /Size 5 /W [1 3 1]', rows)])));
};
