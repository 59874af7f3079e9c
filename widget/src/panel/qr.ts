import { encode as encodeQr } from 'uqr';
import type { HandOffOffer } from '../autograph/views/autograph-model.ts';

/** A text as a QR code (ISO/IEC 18004) with the quiet zone that readers want. */
export function encode(text: string): NonNullable<HandOffOffer['code']> {
  const { data, size } = encodeQr(text, { border: 4 });
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { path: squares.join(''), side: size };
}
