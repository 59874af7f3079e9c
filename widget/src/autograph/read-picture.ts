import type { PictureFault } from '../words/messages.ts';

export class PictureRefused extends Error {
  readonly fault: PictureFault;

  constructor(fault: PictureFault, options?: ErrorOptions) {
    super(fault, options);
    this.fault = fault;
  }
}

export type PictureType = 'image/png' | 'image/jpeg';

const largestFile = 15 * 1024 * 1024;
const mostPixels = 50_000_000;
/** Longer side of what is looked at, in pixels: no autograph in a document needs more. */
const longest = 1_400;

/**
 * The pixels of a PNG or JPEG, turned as it says and no larger than need be. Type and size are read from its
 * first bytes, before the browser decodes anything.
 * @throws PictureRefused
 */
export async function readPicture(file: Blob): Promise<{ type: PictureType; pixels: ImageData }> {
  if (file.size > largestFile) throw new PictureRefused('size');
  const bytes = new DataView(await file.arrayBuffer());
  const type = typeOf(bytes);
  const size = type === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
  if (!size || size.width * size.height > mostPixels) throw new PictureRefused(size ? 'size' : 'unreadable');
  return { type, pixels: await decode(file) };
}

function typeOf(bytes: DataView): PictureType {
  if (bytes.byteLength > 24 && bytes.getUint32(0) === 0x89504e47) return 'image/png';
  if (bytes.byteLength > 24 && bytes.getUint16(0) === 0xffd8) return 'image/jpeg';
  throw new PictureRefused('type');
}

const pngSize = (bytes: DataView) =>
  isWholePng(bytes) ? { width: bytes.getUint32(16), height: bytes.getUint32(20) } : null;

/** Whether its last chunk is there: Firefox draws what there is of a picture cut off, and half an autograph is none. */
function isWholePng(bytes: DataView): boolean {
  for (let at = 8; at + 12 <= bytes.byteLength; at += 12 + bytes.getUint32(at)) {
    if (bytes.getUint32(at + 4) === 0x49454e44) return true;
  }
  return false;
}

/** From the first start of frame (ITU-T T.81, B.2.2). */
function jpegSize(bytes: DataView): { width: number; height: number } | null {
  for (let at = 2; at + 9 < bytes.byteLength; at += 2 + bytes.getUint16(at + 2)) {
    const marker = bytes.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { height: bytes.getUint16(at + 5), width: bytes.getUint16(at + 7) };
    if (marker < 0xff00) return null;
  }
  return null;
}

async function decode(file: Blob): Promise<ImageData> {
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new PictureRefused('unreadable', { cause });
  });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  if (!givesTrueColours()) throw new PictureRefused('canvas');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const side = 16;
/** Some browsers blur the last bits, which no signature minds. */
const tolerated = 8;

const colourAt = (index: number) => [(index * 37) % 256, (index * 91) % 256, (index * 53) % 256, 255] as const;

/** Whether this browser gives out the pixels that were drawn: those that guard privacy give out others, or none. */
export function givesTrueColours(): boolean {
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  for (let index = 0; index < side * side; index += 1) {
    context.fillStyle = `rgb(${colourAt(index).slice(0, 3).join(' ')})`;
    context.fillRect(index % side, Math.floor(index / side), 1, 1);
  }
  try {
    const { data } = context.getImageData(0, 0, side, side);
    return data.every((value, at) => Math.abs(value - colourAt(Math.floor(at / 4))[at % 4]!) <= tolerated);
  } catch {
    return false;
  }
}
