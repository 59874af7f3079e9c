import { fromBase64, toLatin1 } from '#bytes.ts';

/** What lies under base64 that somebody put around a file. */
export interface Unwrapped {
  content: Uint8Array;
  /** How many layers of base64 were taken off; PEM is none. */
  base64: number;
}

const deepest = 3;
/** Nothing shorter is a certificate or a time-stamp. */
const shortest = 64;

/** The text in base64, where that is all there is; a `data:` prefix is let pass. */
const readBase64 = (bytes: Uint8Array): string | undefined => {
  // Binary is told by its first bytes, before megabytes are looked at.
  if (bytes.length < shortest || /[^\t\n\r\x20-\x7e\u00ef\u00bb\u00bf]/.test(toLatin1(bytes, 0, shortest)))
    return undefined;
  const text = toLatin1(bytes)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replace(/^data:[^,]{0,100};base64,/, '')
    .replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : undefined;
};

/** Takes base64 off, a few layers at most: providers send it bare, and some send it twice. */
export const unwrapBase64 = (content: Uint8Array, base64 = 0): Unwrapped => {
  const text = base64 < deepest ? readBase64(content) : undefined;
  return text === undefined ? { content, base64 } : unwrapBase64(fromBase64(text), base64 + 1);
};

/** Whether it starts as a PDF does: readers look for the header in its first kilobyte. */
export const isPdf = (bytes: Uint8Array): boolean => toLatin1(bytes, 0, Math.min(bytes.length, 1024)).includes('%PDF-');
