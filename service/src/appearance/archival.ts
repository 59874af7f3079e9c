import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, members, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { Literal } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** What a document for archives (PDF/A, ISO 19005) asks of what is added to it. */
export interface Archival {
  /** Part of the standard that it claims; undefined for others. */
  part: number | undefined;
  /** Whether colours of a device are those of its output intent (ISO 19005-1, 6.2.3.3). */
  deviceColours: boolean;
}

const textOf = (stream: PdfStream): string => {
  try {
    const bytes = decodeStream(stream);
    return toLatin1(bytes, 0, bytes.length);
  } catch (error) {
    if (error instanceof Fault) return '';
    throw error;
  }
};

/** Of the XMP schema that identifies it: an attribute, or an element (6.7.11). */
const claimedPart = ({ catalog }: PdfFile): number | undefined => {
  const metadata = catalog.lookup('Metadata');
  const text = metadata instanceof PdfStream ? textOf(metadata) : '';
  const [, part] = /pdfaid:part\s*(?:=\s*["']|>)\s*(\d)/.exec(text) ?? [];
  return part === undefined ? undefined : Number(part);
};

/** One for printers (PDF/X) says nothing here (ISO 19005-1, 6.2.2; 19005-2 and 3, 6.2.3). */
const isOfRgb = (intent: unknown): boolean => {
  if (!(intent instanceof PdfDict) || nameAt(intent, 'S') !== 'GTS_PDFA1') return false;
  const profile = intent.lookup('DestOutputProfile');
  return profile instanceof PdfStream && numberAt(profile.dict, 'N') === 3;
};

export const readArchival = (file: PdfFile): Archival => {
  const part = claimedPart(file);
  const intents = members(arrayAt(file.catalog, 'OutputIntents'));
  return { part, deviceColours: part === undefined || intents.some(isOfRgb) };
};

/** Colours of sRGB, whatever device they are for (ISO 32000-2, 8.6.5.3). */
export const ownColours: Literal = [
  'CalRGB',
  {
    WhitePoint: [0.9505, 1, 1.089],
    Gamma: [2.2, 2.2, 2.2],
    Matrix: [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505],
  },
];

/** The same drawing in these colours, named `Own` in its resources. */
export const inOwnColours = (content: string): string =>
  content
    .replaceAll(/([\d.]+ [\d.]+ [\d.]+) rg\b/g, '/Own cs $1 sc')
    .replaceAll(/([\d.]+ [\d.]+ [\d.]+) RG\b/g, '/Own CS $1 SC');
