import { Inflate, Z_SYNC_FLUSH } from 'pako';
import { concatBytes } from '#bytes.ts';
import type { Inflater } from './ports.ts';

/** As zlib does it: pako is zlib, translated. What it gives is counted as it comes, so that nothing grows beyond `most`. */
export const inflate: Inflater['inflate'] = (bytes, most) => {
  const parts: Uint8Array[] = [];
  let size = 0;
  // a window that is named keeps it from taking gzip's format as well
  const stream = new Inflate({ windowBits: 15 });
  stream.onData = (part) => {
    size += part.length;
    if (size > most) throw new RangeError('It grows beyond what is allowed');
    parts.push(part);
  };
  // a stream that was cut short still gives what it has
  stream.push(bytes, Z_SYNC_FLUSH);
  if (stream.err) throw new Error(stream.msg);
  return concatBytes(...parts);
};
