import type { PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { IndirectObjects, Literal } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { Autograph } from '#signing/autograph.ts';

const signatureBytes = 8;

/** The IDAT chunks of a PNG, joined (PNG, third edition, 11.2.3). */
const readImageData = (png: Uint8Array): Buffer => {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const parts: Buffer[] = [];
  for (let at = signatureBytes; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const data = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(data);
  }
  return Buffer.concat(parts);
};

/** What is as good as white: what the page says below it stays readable (ISO 32000-2, 8.9.6.4). */
const paper = [250, 255, 250, 255, 250, 255];

/** The autograph as an image, its compressed data taken over as it is (ISO 32000-2, 8.9.5, 7.4.4.4). */
export const autographImage = (
  objects: IndirectObjects,
  { png, width, height }: Autograph,
  colours: Literal = 'DeviceRGB',
): PdfStream =>
  objects.stream(readImageData(png), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: colours,
    BitsPerComponent: 8,
    // No soft mask: the first part of PDF/A forbids those.
    Mask: paper,
    Filter: 'FlateDecode',
    DecodeParms: { Predictor: 15, Colors: 3, BitsPerComponent: 8, Columns: width },
  });
