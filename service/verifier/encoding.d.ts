/** What every platform has of the Encoding Standard, and no library of TypeScript's but the DOM's declares. */

interface TextDecoder {
  decode(bytes?: Uint8Array): string;
}
declare const TextDecoder: new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => TextDecoder;

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: new () => TextEncoder;
