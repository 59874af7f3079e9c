/**
 * The signatory's autograph, as every provider gets it: an opaque 8-bit RGB PNG, not interlaced, on white,
 * cropped to its ink. Its IDAT data is therefore, byte for byte, what a PDF image with /FlateDecode and
 * /Predictor 15 holds (ISO 32000-2, 7.4.4.4): nobody needs to decode it again.
 */
export interface Autograph {
  png: Uint8Array;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
}
