import { fromBase64 } from '#bytes.ts';

/** Every PEM block of a text, decoded, in its order (RFC 7468). */
export const readPemBlocks = (text: string): Uint8Array[] =>
  Array.from(text.matchAll(/-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END/g), ([, base64]) => fromBase64(base64!));

/** The first PEM block of a text, decoded. @throws Error where there is none */
export const fromPem = (text: string): Uint8Array => {
  const [first] = readPemBlocks(text);
  if (!first) throw new Error('There is no PEM block in the text');
  return first;
};
