import { encode } from 'fast-png';
import type { Autograph } from '#signing/autograph.ts';

/** An autograph in dark blue on white: a wave that somebody might have drawn. */
export const drawAutograph = (width = 300, height = 110): Autograph => {
  const data = new Uint8Array(width * height * 3).fill(255);
  const dot = (x: number, y: number): void => data.set([16, 24, 88], 3 * (Math.round(y) * width + Math.round(x)));
  for (let step = 0; step < 4000; step += 1) {
    const along = step / 4000;
    const x = 6 + along * (width - 12);
    const y = height / 2 + (height / 2 - 8) * Math.sin(along * 21) * (1 - along / 2);
    for (let near = 0; near < 9; near += 1) dot(x + (near % 3) - 1, y + Math.floor(near / 3) - 1);
  }
  return { png: encode({ width, height, data, channels: 3, depth: 8 }), width, height };
};
