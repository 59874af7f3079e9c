import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';

/** Bytes kept for the CMS: chain and time-stamp take about 3,500; names may be long. */
const reservedBytes = 8192;

const numberDigits = 10;

const pdfText = (text: string): string => `<${Buffer.from(`\uFEFF${text}`, 'utf16le').swap16().toString('hex')}>`;

/** A PDF date in UTC (ISO 32000-2, 7.9.4). */
const pdfDate = (time: Date): string => `(D:${time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z)`;

export interface SignatureDictionary {
  text: string;
  /** Offsets of `/Contents`' `<` and of the byte after its `>`, within the text. */
  contents: { start: number; end: number };
  /** Where the text of /ByteRange starts, blank until the file's length is known. */
  byteRange: number;
}

/** What the field's author wants locked by the signature, as the signature says it (12.7.5.5, 12.8.2.4). */
const references = (lock: PdfDict | undefined): string => {
  if (!lock) return '';
  const copied = ['Action', 'Fields', 'P'].flatMap((key) => {
    const value = lock.lookup(key);
    return value ? [`/${key} ${value.toString()}`] : [];
  });
  const parameters = `<< /Type /TransformParams /V /1.2 ${copied.join(' ')} >>`;
  return ` /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams ${parameters} >>]`;
};

/** A signature dictionary with an empty /Contents (12.8.1; EN 319 142-1, 5 and 6.3). */
export const signatureDictionary = (
  signatory: string,
  { time, lock, moreBytes = 0 }: { time: Date; lock?: PdfDict | undefined; moreBytes?: number | undefined },
): SignatureDictionary => {
  const said = ` /M ${pdfDate(time)} /Name ${pdfText(signatory)} /Prop_Build << /App << /Name /tu-esign >> >>`;
  const entries = '/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached';
  return withGap(entries, said + references(lock), reservedBytes + moreBytes);
};

/** A document time-stamp dictionary (12.8.5; EN 319 142-1, 5.4.3): of its time, the token alone speaks. */
export const timeStampDictionary = (moreBytes = 0): SignatureDictionary =>
  withGap('/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161', '', reservedBytes + moreBytes);

const withGap = (entries: string, further: string, bytes: number): SignatureDictionary => {
  const head = `<< ${entries} /Contents `;
  const empty = `<${'0'.repeat(2 * bytes)}>`;
  const middle = ' /ByteRange ';
  const blank = ' '.repeat(byteRangeText([0, 0, 0, 0]).length);
  const tail = `${further} >>`;
  const end = head.length + empty.length;
  return {
    text: head + empty + middle + blank + tail,
    contents: { start: head.length, end },
    byteRange: end + middle.length,
  };
};

/** /ByteRange in a text that is as long whatever the numbers. */
export const byteRangeText = (numbers: [number, number, number, number]): string =>
  `[${numbers.map((number) => String(number).padStart(numberDigits, ' ')).join(' ')}]`;
