import { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits. */
export const digestOf = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
